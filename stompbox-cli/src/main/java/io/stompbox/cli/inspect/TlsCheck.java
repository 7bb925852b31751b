package io.stompbox.cli.inspect;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;

/**
 * Which TLS a broker speaks. Whether its certificate is trusted was settled by the first
 * connection, which the user may have told to take any.
 */
final class TlsCheck implements Check {
  private static final long FEW_DAYS = 30;

  @Override
  public Finding run(ProbedBroker broker) {
    BrokerAddress address = broker.address();
    if (!address.scheme().isSecure()) {
      return BrokerAddress.isLoopbackName(address.host())
          ? Finding.skip("not used")
          : Finding.note("not used", "logins and messages cross the network in clear");
    }
    try {
      return finding(TlsLook.at(address, broker.limit()));
    } catch (IOException | GeneralSecurityException e) {
      return Finding.fail("a second look failed: " + Failure.reasonOf(e), "");
    }
  }

  private static Finding finding(TlsLook look) throws CertificateException {
    String value =
        "%s, %s; %s"
            .formatted(
                look.session().getProtocol(),
                look.session().getCipherSuite(),
                look.ofCertificate());
    Instant now = TimeOfDay.now();
    if (look.certificate().getNotBefore().toInstant().isAfter(now)) {
      return Finding.fail(value, "the certificate is not valid yet: is the clock right?");
    }
    Duration left = Duration.between(now, look.certificate().getNotAfter().toInstant());
    if (left.isNegative()) {
      return Finding.fail(
          value, "the certificate expired " + days(left.negated()) + " ago: renew it");
    }
    return left.toDays() < FEW_DAYS
        ? Finding.note(value, "the certificate has " + days(left) + " left: renew it")
        : Finding.ok(value);
  }

  private static String days(Duration time) {
    long days = time.toDays();
    return days == 0 ? "less than a day" : days == 1 ? "1 day" : days + " days";
  }
}
