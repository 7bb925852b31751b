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
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Ports of 127.0.0.1, and whether a broker is behind them. */
public final class LocalPort {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(20);

  /** A state of the table of connections. */
  private static final String ESTABLISHED = "01";

  /** From here on ports are free on most machines. */
  private static final int FIRST = 20_000;

  /** Where Linux begins with ports that it chooses itself. */
  private static final int FIRST_OF_SYSTEM = 32_768;

  private static final int ATTEMPTS = 100;

  private LocalPort() {}

  /**
   * Returns one that nobody listens on. It is none that the system gives to those who do not mind
   * which: a broker that is killed wants its port again, and until then its clients knock there.
   */
  public static int free() throws IOException {
    IOException failure = new IOException("no port is free");
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_OF_SYSTEM);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
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
