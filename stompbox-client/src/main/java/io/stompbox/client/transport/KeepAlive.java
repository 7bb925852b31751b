package io.stompbox.client.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;

/**
 * Lets TCP ask a peer that says nothing whether it is still there: after a minute, and then every
 * ten seconds, up to six times. Who has gone without a word is found out after two minutes, where
 * the system by itself may take more than two hours (Linux). While octets wait to be taken by the
 * peer, TCP does not ask but sends them again.
 */
final class KeepAlive {
  /**
   * By name, as the constants are in a module that not every JVM has; where an option is missing,
   * that of the system holds.
   */
  private static final Map<String, Integer> TIMES =
      Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 6);

  private KeepAlive() {}

  static void on(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (SocketOption<?> option : socket.supportedOptions()) {
      Integer value = TIMES.get(option.name());
      if (value != null) {
        set(socket, option, value);
      }
    }
  }

  private static <T> void set(Socket socket, SocketOption<T> option, Integer value)
      throws IOException {
    socket.setOption(option, option.type().cast(value));
  }
}
