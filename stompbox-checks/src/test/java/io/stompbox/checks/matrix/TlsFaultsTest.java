package io.stompbox.checks.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.checks.matrix.Certificates.Kind;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Brokers that are not who they should be never learn the passcode. */
class TlsFaultsTest {
  private static final String PASSCODE = "s3cret-passcode";
  private static final String CONNECTED = "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0";

  @TempDir private static Path folder;
  private static Certificates certificates;
  private static SSLContext before;

  @BeforeAll
  static void trustTheAuthority() throws Exception {
    certificates = Certificates.in(folder);
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificates.client());
  }

  @AfterAll
  static void restoreTrust() {
    SSLContext.setDefault(before);
  }

  static Stream<Arguments> impostors() {
    return Stream.of(
        Arguments.of("another host", Kind.GOOD, "localhost", "No name matching localhost found"),
        Arguments.of("expired", Kind.EXPIRED, "127.0.0.1", "validity check failed"),
        Arguments.of("self-signed", Kind.SELF_SIGNED, "127.0.0.1", "unable to find valid"));
  }

  @Fault("F07")
  @ParameterizedTest(name = "{0}")
  @MethodSource("impostors")
  void aBrokerWhoseCertificateIsWrongIsRefusedOnceAndHearsNothing(
      String name, Kind kind, String host, String reason, Invariants invariants) throws Exception {
    try (SSLServerSocket server = certificates.listen(kind);
        OctetRecorder recorder = OctetRecorder.to(server.getLocalPort())) {
      CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> heard(server));

      assertThatThrownBy(() -> connect(invariants, host, recorder.port()))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("TLS handshake failed")
          .hasStackTraceContaining(reason);

      assertThat(heard.get()).isEmpty();
      assertThat(recorder.connections()).isEqualTo(1);
      assertThat(recorder.sent()).isNotEmpty().doesNotContain(PASSCODE);
    }
  }

  @Fault("F07")
  @Test
  void aBrokerWithoutTlsIsRefusedAndHearsNoFrame(Invariants invariants) throws Exception {
    try (ScriptedBroker plain = ScriptedBroker.start();
        OctetRecorder recorder = OctetRecorder.to(plain.port())) {
      plain.otherwise(
          peer -> {
            peer.send(CONNECTED);
            peer.expectEnd();
          });

      assertThatThrownBy(() -> connect(invariants, "127.0.0.1", recorder.port()))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("SSL message");

      assertThat(recorder.sent()).isNotEmpty().doesNotContain(PASSCODE, "CONNECT");
    }
  }

  /** Shows that the others would have heard the passcode, and that nobody on the way does. */
  @Fault("F07")
  @Test
  void theBrokerThatIsRightHearsThePasscodeAndNobodyElseDoes(Invariants invariants)
      throws Exception {
    try (SSLServerSocket server = certificates.listen(Kind.GOOD);
        OctetRecorder recorder = OctetRecorder.to(server.getLocalPort())) {
      CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> heard(server));

      connect(invariants, "127.0.0.1", recorder.port()).close();

      assertThat(heard.get()).contains("passcode:" + PASSCODE);
      assertThat(recorder.sent()).isNotEmpty().doesNotContain(PASSCODE);
    }
  }

  private static StompClient connect(Invariants invariants, String host, int port) {
    return invariants.connect(
        options ->
            StompClient.builder("stomp+ssl://" + host + ":" + port)
                .connect(options)
                .credentials("user", PASSCODE)
                .reconnect(ReconnectPolicy.standard().withStartupRetries(1))
                .connect());
  }

  /** Plays a broker on one connection; returns what it heard in clear, up to its end. */
  private static String heard(SSLServerSocket server) {
    StringBuilder heard = new StringBuilder();
    try (SSLSocket client = (SSLSocket) server.accept()) {
      byte[] octets = new byte[4096];
      int count = client.getInputStream().read(octets);
      while (count >= 0) {
        heard.append(new String(octets, 0, count, ISO_8859_1));
        if (heard.toString().contains("DISCONNECT")) {
          break;
        }
        client.getOutputStream().write(CONNECTED.getBytes(ISO_8859_1));
        count = client.getInputStream().read(octets);
      }
    } catch (IOException refused) {
      // The client has left in the middle of the handshake.
    }
    return heard.toString();
  }
}
