package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.WebSocketMessage;
import io.stompbox.testkit.WebSocketPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket over TLS, whose other end is taken off before the scripted broker. */
class SecureWebSocketTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static SSLContext trusting;
  private static ServerSocket server;
  private static ScriptedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    trusting = context(keyStore());
    broker = ScriptedBroker.start();
    server =
        trusting
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    startThread(SecureWebSocketTest::accept);
  }

  private static KeyStore keyStore() throws Exception {
    Path file = folder.resolve("keys.p12");
    List<String> command =
        List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                ("-genkeypair -alias broker -keyalg EC -dname CN=broker -ext SAN=ip:127.0.0.1"
                        + " -storetype PKCS12 -storepass changeit -keystore "
                        + file)
                    .replace(' ', '\n'))
            .stream()
            .flatMap(String::lines)
            .toList();
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      keys.load(input, PASSWORD);
    }
    return keys;
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }

  private static void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      Socket plain = new Socket(InetAddress.getLoopbackAddress(), broker.port());
      startThread(() -> client.getInputStream().transferTo(plain.getOutputStream()));
      startThread(() -> plain.getInputStream().transferTo(client.getOutputStream()));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void startThread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // One side has left, or the test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    broker.close();
  }

  @Test
  void messagesGoThroughTls() throws Exception {
    broker.onConnection(
        peer -> {
          WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
          client.send(client.next().orElseThrow());
        });
    byte[] octets = new byte[8];
    try (Transport transport = transport("127.0.0.1", trusting)) {
      transport.open(LIMIT);
      transport.write("SEND\n\na\0".getBytes(UTF_8), 0, 8);
      assertThat(transport.read(octets, 0, 8)).isEqualTo(8);
    }
    broker.assertScriptsDone();
    assertThat(WebSocketMessage.binary(octets).payload().text()).isEqualTo("SEND\n\na\0");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    try (Transport transport = transport("127.0.0.1", SSLContext.getDefault())) {
      assertThatThrownBy(() -> transport.open(LIMIT)).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    try (Transport transport = transport("localhost", trusting)) {
      assertThatThrownBy(() -> transport.open(LIMIT))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("localhost");
    }
  }

  private static Transport transport(String host, SSLContext tls) {
    BrokerAddress address = BrokerAddress.parse("wss://" + host + ":" + server.getLocalPort());
    TransportOptions options = TransportOptions.defaults().with(TlsOptions.defaults().with(tls));
    return TransportFactory.sockets(options).create(address);
  }
}
