package io.stompbox.cli.inspect;

import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Which TLS a broker speaks. Whether its certificate is trusted was settled by the first
 * connection, so this one, which says nothing, takes any.
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
    try (Socket plain = new Socket()) {
      int millis = Math.toIntExact(broker.limit().toMillis());
      plain.connect(new InetSocketAddress(address.host(), address.port()), millis);
      plain.setSoTimeout(millis);
      SSLSocket secure =
          (SSLSocket)
              context()
                  .getSocketFactory()
                  .createSocket(plain, address.host(), address.port(), true);
      secure.startHandshake();
      return finding(secure.getSession());
    } catch (IOException | GeneralSecurityException e) {
      return Finding.fail("a second look failed: " + Failure.reasonOf(e), "");
    }
  }

  private static Finding finding(SSLSession session) throws IOException {
    X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
    Instant end = certificate.getNotAfter().toInstant();
    long days = Duration.between(TimeOfDay.now(), end).toDays();
    String value =
        "%s, %s; certificate of %s, issued by %s, until %s"
            .formatted(
                session.getProtocol(),
                session.getCipherSuite(),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                end);
    return days < FEW_DAYS
        ? Finding.note(value, "the certificate has " + days + " days left: renew it")
        : Finding.ok(value);
  }

  private static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Onlooker()}, null);
    return context;
  }

  private static final class Onlooker implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
