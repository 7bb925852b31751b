package io.stompbox.client;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What is wrong with a certificate, in words with its values, which those of the JDK lack. */
final class CertificateFault {
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
    String whose = "the certificate of " + certificate.getSubjectX500Principal().getName();
    if (invalid.getReason() == BasicReason.EXPIRED) {
      return Optional.of(whose + " expired on " + certificate.getNotAfter().toInstant());
    }
    return invalid.getReason() == BasicReason.NOT_YET_VALID
        ? Optional.of(whose + " is not valid before " + certificate.getNotBefore().toInstant())
        : Optional.empty();
  }
}
