package io.stompbox.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** Ports of 127.0.0.1, and whether a broker is behind them. */
public final class LocalPort {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(20);

  /** A state of the table of connections. */
  private static final String ESTABLISHED = "01";

  private LocalPort() {}

  /** Returns one that nobody listens on. */
  public static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits for CONNECTED. A port accepts before its broker can serve, so only an answer counts. */
  public static void awaitAnswer(int port, Duration limit) {
    await("a broker on port " + port + " to answer CONNECT")
        .atMost(limit)
        .pollInterval(POLL)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> answersConnect(port));
  }

  private static boolean answersConnect(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write("CONNECT\naccept-version:1.2\nhost:/\n\n\0".getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readNBytes("CONNECTED".length());
      return new String(answer, UTF_8).equals("CONNECTED");
    }
  }

  /** Waits until nobody listens, so that the next answer is that of a successor. */
  public static void awaitRefusal(int port) {
    await("nobody to listen on port " + port)
        .atMost(REFUSAL_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(() -> refuses(port));
  }

  /** Whether anybody is connected with who listens on it, as Linux knows and nobody else. */
  static boolean hasConnection(int port) {
    String address = String.format(Locale.ROOT, "0100007F:%04X", port);
    try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
      return sockets
          .map(line -> line.strip().split(" +"))
          .anyMatch(fields -> fields[1].equals(address) && fields[3].equals(ESTABLISHED));
    } catch (IOException e) {
      throw new UncheckedIOException("no table of connections", e);
    }
  }

  private static boolean refuses(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }
}
