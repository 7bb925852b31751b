package io.stompbox.client;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** When a certificate is valid that is not, in words with its values, which the JDK's lack. */
final class CertificateFault {
  /** Characters of a name that are shown. */
  private static final int MOST = 200;

  private CertificateFault() {}

  /** Returns the words, or nothing if {@code thrown} is about something else. */
  static Optional<String> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException invalid
          && invalid.getCertPath() != null
          && invalid.getIndex() >= 0) {
        return ofTime(invalid);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofTime(CertPathValidatorException invalid) {
    X509Certificate certificate =
        (X509Certificate) invalid.getCertPath().getCertificates().get(invalid.getIndex());
    String whose = "the certificate of " + shown(certificate.getSubjectX500Principal().getName());
    if (invalid.getReason() == BasicReason.EXPIRED) {
      return Optional.of(whose + " expired on " + certificate.getNotAfter().toInstant());
    }
    return invalid.getReason() == BasicReason.NOT_YET_VALID
        ? Optional.of(whose + " is not valid before " + certificate.getNotBefore().toInstant())
        : Optional.empty();
  }

  /** The name is a stranger's, who may have put lines or commands for terminals into it. */
  private static String shown(String name) {
    String begin = name.length() > MOST ? name.substring(0, MOST) + "..." : name;
    return BrokerErrorException.printable(begin);
  }
}
