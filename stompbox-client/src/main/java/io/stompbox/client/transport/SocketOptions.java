package io.stompbox.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Optional;

/**
 * How TCP sockets are set up, whatever goes through them.
 *
 * @param localAddress which address and port of this machine a connection comes from; port 0 takes
 *     a free one; empty leaves both to the system
 * @param keepAlive whether TCP asks silent peers
 * @param receiveBuffer what the system holds of what comes ({@code SO_RCVBUF}), in octets; 0 leaves
 *     it to the system, which then adapts it
 * @param sendBuffer what it holds of what goes ({@code SO_SNDBUF}); likewise
 * @param maxRead how many octets one read takes at most; at least 1
 * @param delay whether TCP may hold small packets back
 * @param family which addresses of a host are tried
 */
public record SocketOptions(
    Optional<InetSocketAddress> localAddress,
    KeepAlive keepAlive,
    int receiveBuffer,
    int sendBuffer,
    int maxRead,
    Delay delay,
    AddressFamily family) {

  /** Whether TCP may hold small packets back until others are acknowledged. */
  public enum Delay {
    /** It sends at once ({@code TCP_NODELAY}): frames are put together before they get here. */
    NONE,
    /** It may wait (Nagle's algorithm). */
    NAGLE
  }

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if a size is out of its range, or the name of the local
   *     address is not known
   */
  public SocketOptions {
    if (receiveBuffer < 0 || sendBuffer < 0) {
      throw new IllegalArgumentException(
          "receiveBuffer and sendBuffer must not be negative, 0 leaves them to the system: "
              + receiveBuffer
              + ", "
              + sendBuffer);
    }
    if (maxRead < 1) {
      throw new IllegalArgumentException("maxRead must be at least 1: " + maxRead);
    }
    localAddress.ifPresent(SocketOptions::checkKnown);
  }

  private static void checkKnown(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "the local address has no known host: '" + address.getHostString() + "'");
    }
  }

  /**
   * Any local address, {@link KeepAlive#standard()}, the system's buffers, reads of any length,
   * {@link Delay#NONE}, {@link AddressFamily#ANY}.
   */
  public static SocketOptions defaults() {
    return new SocketOptions(
        Optional.empty(),
        KeepAlive.standard(),
        0,
        0,
        Integer.MAX_VALUE,
        Delay.NONE,
        AddressFamily.ANY);
  }

  /** Returns them with connections that come from this address; port 0 takes a free one. */
  public SocketOptions withLocalAddress(InetSocketAddress local) {
    return new SocketOptions(
        Optional.of(local), keepAlive, receiveBuffer, sendBuffer, maxRead, delay, family);
  }

  /** Returns them with other questions to silent peers. */
  public SocketOptions with(KeepAlive other) {
    return new SocketOptions(
        localAddress, other, receiveBuffer, sendBuffer, maxRead, delay, family);
  }

  /** Returns them with buffers of these sizes in the system; 0 leaves one to the system. */
  public SocketOptions withBuffers(int receive, int send) {
    return new SocketOptions(localAddress, keepAlive, receive, send, maxRead, delay, family);
  }

  /** Returns them with reads of at most so many octets. */
  public SocketOptions withMaxRead(int octets) {
    return new SocketOptions(
        localAddress, keepAlive, receiveBuffer, sendBuffer, octets, delay, family);
  }

  /** Returns them with another rule for small packets. */
  public SocketOptions with(Delay other) {
    return new SocketOptions(
        localAddress, keepAlive, receiveBuffer, sendBuffer, maxRead, other, family);
  }

  /** Returns them with another choice among the addresses of a host. */
  public SocketOptions with(AddressFamily other) {
    return new SocketOptions(
        localAddress, keepAlive, receiveBuffer, sendBuffer, maxRead, delay, other);
  }

  /** Returns a socket that is set up and not connected; the window of TCP is agreed on later. */
  Socket newSocket() throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      if (sendBuffer > 0) {
        socket.setSendBufferSize(sendBuffer);
      }
      socket.setTcpNoDelay(delay == Delay.NONE);
      setKeepAlive(socket);
      if (localAddress.isPresent()) {
        bind(socket, localAddress.get());
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void setKeepAlive(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, !(keepAlive instanceof KeepAlive.Off));
    if (keepAlive instanceof KeepAlive.Every times) {
      // By name, as the constants are in a module that not every JVM has.
      Map<String, Integer> values =
          Map.of(
              "TCP_KEEPIDLE", (int) times.idle().toSeconds(),
              "TCP_KEEPINTERVAL", (int) times.interval().toSeconds(),
              "TCP_KEEPCOUNT", times.count());
      for (SocketOption<?> option : socket.supportedOptions()) {
        Integer value = values.get(option.name());
        if (value != null) {
          set(socket, option, value);
        }
      }
    }
  }

  private static <T> void set(Socket socket, SocketOption<T> option, Integer value)
      throws IOException {
    socket.setOption(option, option.type().cast(value));
  }

  private static void bind(Socket socket, InetSocketAddress local) throws IOException {
    try {
      socket.bind(local);
    } catch (IOException e) {
      throw new IOException("the local address " + local + " can't be used: " + e.getMessage(), e);
    }
  }
}
