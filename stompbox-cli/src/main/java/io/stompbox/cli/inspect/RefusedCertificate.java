package io.stompbox.cli.inspect;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;

/** A certificate for which there is no connection: who looks for the reason wants to see it. */
final class RefusedCertificate {
  /** With the failure itself and this line, that makes four. */
  private static final int MOST_ADVICE = 2;

  private RefusedCertificate() {}

  /** Returns the failure, with the certificate if it is about one. */
  static Failure shownIn(Failure failure, Duration limit) {
    Optional<String> line =
        failure.advice().size() > MOST_ADVICE || !isOfCertificate(failure)
            ? Optional.empty()
            : broker(failure).flatMap(broker -> look(broker, limit));
    return failure.withAdvice(line);
  }

  private static boolean isOfCertificate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static Optional<BrokerAddress> broker(Failure failure) {
    return failure.getCause() instanceof ConnectionLostException lost
        ? lost.broker()
        : Optional.empty();
  }

  private static Optional<String> look(BrokerAddress broker, Duration limit) {
    try {
      return Optional.of(broker + " shows a " + TlsLook.at(broker, limit).ofCertificate());
    } catch (IOException | GeneralSecurityException e) {
      // Who could not look has nothing to add.
      return Optional.empty();
    }
  }
}
