package io.stompbox.client.transport;

import static io.stompbox.client.transport.TestCertificates.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused when the options are made, long before a connection. */
class TlsOptionsTest {
  private static final TlsOptions OPTIONS = TlsOptions.defaults();
  private static final char[] GOOD = PASSWORD.toCharArray();
  private static final char[] BAD = "guessed".toCharArray();

  @TempDir private static Path folder;
  private static TestCertificates certificates;

  @BeforeAll
  static void make() throws Exception {
    certificates = TestCertificates.in(folder);
  }

  private interface Making {
    TlsOptions make() throws Exception;
  }

  static Stream<Arguments> mistakes() throws Exception {
    Path missing = folder.resolve("missing.pem");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing here");
    Path damaged =
        Files.writeString(
            folder.resolve("damaged.pem"),
            TestCertificates.part("CERTIFICATE", new byte[] {1, 2, 3})
                + TestCertificates.part("PRIVATE KEY", new byte[] {1, 2, 3}));
    Path old =
        Files.writeString(
            folder.resolve("old.key"),
            TestCertificates.part("RSA PRIVATE KEY", new byte[] {1, 2, 3}));
    Path client = certificates.pem("client");
    Path encrypted = Files.writeString(folder.resolve("sealed.key"), PemFileTest.ENCRYPTED);
    Path brokerKey = certificates.keyPem("broker");
    Path trust = certificates.trustPkcs12("authority");
    Path two = certificates.keyPkcs12("client", "broker");
    return Stream.of(
        row(() -> OPTIONS.withTrustFromPem(missing), "there is no file", "missing.pem"),
        row(() -> OPTIONS.withTrustFromPem(folder), "can't be read", folder.toString()),
        row(() -> OPTIONS.withTrustFromPem(empty), "has no certificate", "empty.pem"),
        row(() -> OPTIONS.withTrustFromPem(damaged), "is damaged", "damaged.pem"),
        row(() -> OPTIONS.withTrustFromPkcs12(missing, GOOD), "there is no file", "missing.pem"),
        row(() -> OPTIONS.withTrustFromPkcs12(empty, GOOD), "is no PKCS#12 file", "empty.pem"),
        row(() -> OPTIONS.withTrustFromPkcs12(trust, BAD), "with this password", "-trust.p12"),
        row(() -> OPTIONS.withTrustFromPkcs12(two, GOOD), "marked as trusted", "-key.p12"),
        row(() -> OPTIONS.withCertificateFromPkcs12(trust, GOOD), "but has none", "-trust.p12"),
        row(() -> OPTIONS.withCertificateFromPkcs12(two, GOOD), "[client, broker]", "-key.p12"),
        row(() -> OPTIONS.withCertificateFromPem(client, missing), "there is no", "missing.pem"),
        row(() -> OPTIONS.withCertificateFromPem(client, client), "no private key", "client.pem"),
        row(() -> OPTIONS.withCertificateFromPem(client, damaged), "is damaged", "damaged.pem"),
        row(() -> OPTIONS.withCertificateFromPem(client, old), "openssl pkcs8", "old.key"),
        row(
            () -> OPTIONS.withCertificateFromPem(client, encrypted),
            "give its password",
            "sealed.key"),
        row(
            () -> OPTIONS.withCertificateFromPem(client, encrypted, BAD),
            "this password does not open",
            "sealed.key"),
        row(
            () -> OPTIONS.withCertificateFromPem(client, brokerKey),
            "is not that of the certificate",
            "CN=client"),
        row(() -> OPTIONS.withServerName("a b"), "not a server name", "a b"),
        row(
            () -> OPTIONS.insecurelyAcceptingAnyCertificate().with(SSLContext.getDefault()),
            "an SSLContext of your own",
            "leave the context out"));
  }

  private static Arguments row(Making making, String why, String what) {
    return Arguments.of(making, why, what);
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("mistakes")
  void mistakesAreNamedAtOnce(Making making, String why, String what) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(making::make)
        .withMessageContaining(why)
        .withMessageContaining(what);
  }

  @Test
  void noKeyIsShown() throws Exception {
    TlsOptions options =
        OPTIONS
            .withTrustFromPem(certificates.pem("authority"))
            .withCertificateFromPem(certificates.pem("client"), certificates.keyPem("client"));

    assertThat(options.toString()).contains("CN=client", "CN=authority").doesNotContain("key=");
  }
}
