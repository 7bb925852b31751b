package io.stompbox.client.transport;

import static io.stompbox.client.transport.TestCertificates.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.client.transport.TlsServer.Greeting;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with real handshakes, against certificates for broker.example. */
class TlsTransportTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String BROKER = "broker.example";

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static TlsServer server;
  private static TlsOptions trusting;

  @BeforeAll
  static void start() throws Exception {
    certificates = TestCertificates.in(folder);
    server = TlsServer.start(certificates);
    trusting = TlsOptions.defaults().withTrustFromPem(certificates.pem("authority"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void anAuthorityFromAPemFileIsTrusted() throws Exception {
    assertThat(greet(BROKER, trusting).client()).isEqualTo("nobody");
  }

  @Test
  void anAuthorityFromAPkcs12FileIsTrusted() throws Exception {
    Path file = certificates.trustPkcs12("authority");
    TlsOptions options = TlsOptions.defaults().withTrustFromPkcs12(file, PASSWORD.toCharArray());

    assertThat(greet(BROKER, options).client()).isEqualTo("nobody");
  }

  @Test
  void theAuthoritiesOfTheJvmDoNotVouchForIt() {
    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> greet(BROKER, TlsOptions.defaults()));
  }

  @Test
  void anotherAuthorityDoesNotVouchForIt() throws Exception {
    X509Certificate stranger = certificates.chain("client").get(0);
    TlsOptions wrong = TlsOptions.defaults().with(new Trust.Only(List.of(stranger)));

    assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> greet(BROKER, wrong));
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> greet("other.example", trusting))
        .withMessageContaining("other.example");
  }

  @Test
  void theNameInTheGreetingIsThatOfTheHost() throws Exception {
    assertThat(greet(BROKER, trusting).serverNames()).containsExactly(BROKER);
  }

  @Test
  void aServerNameOfItsOwnIsSentAndCertifiedWhateverTheHostIs() throws Exception {
    Greeting greeting = greet("127.0.0.1", trusting.withServerName(BROKER));

    assertThat(greeting.serverNames()).containsExactly(BROKER);
  }

  @Test
  void aClientCertificateFromPemFilesIsShown() throws Exception {
    TlsOptions options =
        trusting.withCertificateFromPem(certificates.pem("client"), certificates.keyPem("client"));

    assertThat(greet(BROKER, options).client()).isEqualTo("CN=client");
  }

  @Test
  void aClientCertificateFromAPkcs12FileIsShown() throws Exception {
    TlsOptions options =
        trusting.withCertificateFromPkcs12(
            certificates.keyPkcs12("client"), PASSWORD.toCharArray());

    assertThat(greet(BROKER, options).client()).isEqualTo("CN=client");
  }

  @Test
  void aContextOfTheProgramsOwnIsUsed() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", certificates.chain("authority").get(0));
    factory.init(store);
    context.init(null, factory.getTrustManagers(), null);

    assertThat(greet(BROKER, TlsOptions.defaults().with(context)).client()).isEqualTo("nobody");
  }

  @Test
  void theNewestVersionThatBothSpeakIsTaken() throws Exception {
    assertThat(greet(BROKER, trusting).protocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void aBrokerWithOlderVersionsThanTheMinimumIsRefused() throws Exception {
    try (TlsServer old = TlsServer.start(certificates, "TLSv1.2")) {
      assertThat(greet(old, BROKER, trusting).protocol()).isEqualTo("TLSv1.2");
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> greet(old, BROKER, trusting.withMinimum(TlsVersion.TLS_1_3)));
    }
  }

  @Test
  void theProgramsOwnCheckHasTheLastWord() {
    List<String> asked = new ArrayList<>();
    TlsOptions options =
        trusting.with(
            (certificate, host) -> {
              asked.add(certificate.getSubjectX500Principal().getName() + " for " + host);
              throw new CertificateException("not pinned");
            });

    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> greet(BROKER, options))
        .withMessageContaining(BROKER)
        .withMessageContaining("not pinned");
    assertThat(asked).containsExactly("CN=broker for broker.example");
  }

  @Test
  void withoutHostNamesAnyCertificateOfTheAuthorityIsTaken() throws Exception {
    TlsOptions options = trusting.insecurelyAcceptingAnyHostName();

    assertThat(greet("other.example", options).serverNames()).containsExactly("other.example");
    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> greet(BROKER, TlsOptions.defaults().insecurelyAcceptingAnyHostName()));
  }

  @Test
  void withoutSignaturesAnyCertificateForTheHostIsTaken() throws Exception {
    TlsOptions options = TlsOptions.defaults().insecurelyAcceptingAnyCertificate();

    assertThat(greet(BROKER, options).serverNames()).containsExactly(BROKER);
    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> greet("other.example", options));
  }

  @Test
  void brokersMayHaveOptionsOfTheirOwnBesideThoseOfAll() {
    TlsOptions other = TlsOptions.defaults().withMinimum(TlsVersion.TLS_1_3);
    TlsOptions ofPort = TlsOptions.defaults().withServerName("b");
    TransportOptions options =
        TransportOptions.defaults()
            .with(trusting)
            .withTlsFor("B.example", other)
            .withTlsFor("b.example:61615", ofPort);

    assertThat(options.tls(BrokerAddress.parse("stomp+ssl://a.example"))).isEqualTo(trusting);
    assertThat(options.tls(BrokerAddress.parse("stomp+ssl://b.Example"))).isEqualTo(other);
    assertThat(options.tls(BrokerAddress.parse("stomp+ssl://b.example:61615"))).isEqualTo(ofPort);
  }

  private static Greeting greet(String host, TlsOptions options) throws Exception {
    return greet(server, host, options);
  }

  /** Connects as if loopback were the address of {@code host}, and looks what the server saw. */
  private static Greeting greet(TlsServer to, String host, TlsOptions options) throws Exception {
    BrokerAddress address = BrokerAddress.parse("stomp+ssl://" + host + ":" + to.port());
    HostLookup loopback = new HostLookup(name -> List.of(InetAddress.getLoopbackAddress()));
    byte[] octet = {'x'};
    try (Transport transport =
        new SocketTransport(
            address, TransportOptions.defaults(), new TlsLayer(options), loopback)) {
      transport.open(LIMIT);
      transport.write(octet, 0, 1);
      if (transport.read(octet, 0, 1) != 1) {
        throw new IOException("the server hung up");
      }
    }
    @Nullable Greeting greeting = to.greetings().poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(greeting).isNotNull();
    return greeting;
  }
}
