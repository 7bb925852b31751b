package io.stompbox.client;

import io.stompbox.client.transport.KeepAlive;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of sockets as text. */
final class SocketText {
  private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\]]+)]?:(\\d{1,5})");
  private static final int HIGHEST_PORT = 65535;

  private SocketText() {}

  /** Returns an address of this machine; port 0 leaves the port to the system. */
  static InetSocketAddress localAddress(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "it must be an address and a port such as 192.0.2.7:0 or [::1]:0");
    }
    return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
  }

  /**
   * Returns what {@code off}, {@code system} or times and a number such as {@code 60s/10s/3} say.
   */
  static KeepAlive keepAlive(String text) {
    if (text.equals("off")) {
      return new KeepAlive.Off();
    }
    if (text.equals("system")) {
      return new KeepAlive.SystemTimes();
    }
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "it must be off, system, or idle time, interval and count such as 60s/10s/3");
    }
    return new KeepAlive.Every(
        SettingText.duration(parts[0]),
        SettingText.duration(parts[1]),
        SettingText.number(parts[2]));
  }
}
