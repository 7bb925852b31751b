package io.stompbox.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class CertificateFaultTest {
  /** Valid on the first day of 2020, with LF, ESC and U+2028 in its name. */
  private static final String EXPIRED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBPDCB46ADAgECAggqw2O2fyK/pzAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhh
      CmIb4oCoYzAeFw0yMDAxMDEwMDAwMDBaFw0yMDAxMDIwMDAwMDBaMBMxETAPBgNV
      BAMMCGEKYhvigKhjMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+Yc5x8K5C2/+
      n+nzmkP7dI089crm31GdYlAGLVl1zpoqvp/zahaPvhIdNvtS1g+GKFTtFDjcyoU0
      ThE+mZbxEKMhMB8wHQYDVR0OBBYEFOcFblMJI3tuzbpVblEKAGVfxrghMAoGCCqG
      SM49BAMCA0gAMEUCIEnwz3ahbAOKbQx3yLkYVijb6UyEjoJJcuptR/u00c1RAiEA
      pZPxFYrnQCHzNcYKMNgx5cuXltcuyHllB55mQzJlnOc=
      -----END CERTIFICATE-----
      """;

  private static IOException failure(BasicReason reason) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    ByteArrayInputStream pem = new ByteArrayInputStream(EXPIRED.getBytes(US_ASCII));
    CertPath path = factory.generateCertPath(List.of(factory.generateCertificate(pem)));
    IOException failure = new SSLHandshakeException("PKIX path validation failed");
    failure.initCause(new CertPathValidatorException("no", null, path, 0, reason));
    return failure;
  }

  @Test
  void nameOfAStrangerIsShownOnOneLine() throws CertificateException {
    assertThat(CertificateFault.in(failure(BasicReason.EXPIRED)))
        .hasValue("the certificate of CN=a?b??c expired on 2020-01-02T00:00:00Z");
    assertThat(CertificateFault.in(failure(BasicReason.NOT_YET_VALID)))
        .hasValue("the certificate of CN=a?b??c is not valid before 2020-01-01T00:00:00Z");
  }

  @Test
  void anotherFaultIsLeftToTheJdk() throws CertificateException {
    assertThat(CertificateFault.in(failure(BasicReason.REVOKED))).isEmpty();
    assertThat(CertificateFault.in(new IOException("hung up"))).isEmpty();
  }
}
