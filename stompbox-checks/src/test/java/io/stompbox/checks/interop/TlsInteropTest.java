package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.checks.conformance.session.LogCapture;
import io.stompbox.checks.invariants.LiveThreads;
import io.stompbox.checks.matrix.Certificates;
import io.stompbox.checks.matrix.Certificates.Kind;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.client.transport.TlsOptions;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.TransportOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.SslContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS with brokers that want to know who the client is. */
class TlsInteropTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final AtomicInteger QUEUES = new AtomicInteger();

  @TempDir private static Path folder;
  private static Certificates certificates;
  private static ArtemisBroker artemis;
  private static BrokerService classic;
  private static int classicPort;

  @BeforeAll
  static void startBrokers() throws Exception {
    certificates = Certificates.in(folder);
    artemis = ArtemisBroker.start(artemisTls());
    classic = new BrokerService();
    classic.setBrokerName("tls");
    classic.setPersistent(false);
    classic.setUseJmx(false);
    classic.setUseShutdownHook(false);
    classic.setSslContext(classicTls());
    classicPort =
        classic
            .addConnector("stomp+ssl://127.0.0.1:0?needClientAuth=true")
            .getServer()
            .getSocketAddress()
            .getPort();
    classic.start();
    classic.waitUntilStarted();
  }

  private static String artemisTls() throws Exception {
    return ";sslEnabled=true;needClientAuth=true;keyStoreType=PKCS12;keyStorePath="
        + certificates.keyPkcs12(Kind.GOOD)
        + ";keyStorePassword="
        + Certificates.PASSWORD
        + ";trustStoreType=PKCS12;trustStorePath="
        + certificates.trustPkcs12()
        + ";trustStorePassword="
        + Certificates.PASSWORD;
  }

  private static SslContext classicTls() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(Certificates.keyStore(certificates.keyPkcs12(Kind.GOOD)), password());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(Certificates.keyStore(certificates.trustPkcs12()));
    return new SslContext(keys.getKeyManagers(), trust.getTrustManagers(), null);
  }

  private static char[] password() {
    return Certificates.PASSWORD.toCharArray();
  }

  @AfterAll
  static void stopBrokers() throws Exception {
    artemis.close();
    classic.stop();
    classic.waitUntilStopped();
  }

  @AfterEach
  void noThreadIsLeft() {
    LiveThreads.awaitNoneOfClients();
  }

  static Stream<String> brokers() {
    return Stream.of(
        "stomp+ssl://127.0.0.1:" + artemis.port(),
        "wss://127.0.0.1:" + artemis.port() + "/stomp",
        "stomp+ssl://127.0.0.1:" + classicPort);
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void whoShowsACertificateFromPemFilesSendsAndReceives(String uri) throws Exception {
    TlsOptions tls =
        TlsOptions.defaults()
            .withTrustFromPem(certificates.authorityPem())
            .withCertificateFromPem(
                certificates.certificatePem(Kind.GOOD), certificates.keyPem(Kind.GOOD));

    sendAndReceive(uri, tls);
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void whoShowsACertificateFromAPkcs12FileSendsAndReceives(String uri) throws Exception {
    TlsOptions tls =
        TlsOptions.defaults()
            .withTrustFromPkcs12(certificates.trustPkcs12(), password())
            .withCertificateFromPkcs12(certificates.keyPkcs12(Kind.GOOD), password());

    sendAndReceive(uri, tls);
  }

  private static void sendAndReceive(String uri, TlsOptions tls) throws Exception {
    String queue = "/queue/tls-" + QUEUES.incrementAndGet();
    String text = "äöü".repeat(100_000);
    try (StompClient client = connect(uri, tls);
        Subscription subscription = client.subscribe(queue)) {
      Outcome outcome = client.sendConfirmed(Outgoing.to(queue).text(text)).await(LIMIT);

      assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
      assertThat(subscription.receive(LIMIT).orElseThrow().text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void whoShowsNoCertificateIsRefused(String uri) throws Exception {
    TlsOptions tls = TlsOptions.defaults().withTrustFromPem(certificates.authorityPem());

    assertThatThrownBy(() -> connect(uri, tls)).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void eachConnectionWithoutItsChecksIsWarnedOf() throws Exception {
    TlsOptions tls =
        TlsOptions.defaults()
            .withCertificateFromPkcs12(certificates.keyPkcs12(Kind.GOOD), password())
            .insecurelyAcceptingAnyCertificate()
            .insecurelyAcceptingAnyHostName();
    String uri = "stomp+ssl://127.0.0.1:" + artemis.port();
    String warning = "does not check who signed the certificate and which host it is for";
    try (LogCapture log = new LogCapture()) {
      connect(uri, tls).close();
      connect(uri, tls).close();

      assertThat(log.text().split(warning, -1)).hasSize(3);
    }
  }

  private static StompClient connect(String uri, TlsOptions tls) {
    TransportOptions ways = TransportOptions.defaults().with(tls);
    return StompClient.builder(uri)
        .connect(ConnectOptions.defaults().with(TransportFactory.sockets(ways)))
        .connect();
  }
}
