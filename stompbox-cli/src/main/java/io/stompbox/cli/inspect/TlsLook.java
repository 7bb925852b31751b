package io.stompbox.cli.inspect;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * How a broker makes TLS with somebody who trusts anybody, and says nothing behind the handshake.
 *
 * @param session what was agreed
 * @param certificate the broker's own
 */
record TlsLook(SSLSession session, X509Certificate certificate) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** Looks, on a connection of its own, no longer than that. */
  static TlsLook at(BrokerAddress address, Duration limit)
      throws IOException, GeneralSecurityException {
    int millis = (int) Math.min(Integer.MAX_VALUE, limit.toMillis());
    try (Socket plain = new Socket();
        Limit whole = new Limit(plain, millis)) {
      try {
        plain.connect(new InetSocketAddress(address.host(), address.port()), millis);
        return of(address, plain);
      } catch (IOException e) {
        throw whole.isOver() ? new SocketTimeoutException("no TLS within " + millis + "ms") : e;
      }
    }
  }

  private static TlsLook of(BrokerAddress address, Socket plain)
      throws IOException, GeneralSecurityException {
    SSLSocket secure =
        (SSLSocket)
            context().getSocketFactory().createSocket(plain, address.host(), address.port(), true);
    secure.startHandshake();
    SSLSession session = secure.getSession();
    return new TlsLook(session, (X509Certificate) session.getPeerCertificates()[0]);
  }

  /**
   * The time for a whole look: a time-out of the socket begins anew with each octet that comes.
   *
   * @param end when, in the JVM's nanoseconds; not later than the other
   * @param closing closes the socket, unless it is cancelled
   */
  private record Limit(long end, CompletableFuture<Void> closing) implements AutoCloseable {
    Limit(Socket socket, int millis) {
      this(
          System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis),
          CompletableFuture.runAsync(
              () -> closeNow(socket),
              CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)));
    }

    private static void closeNow(Socket socket) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // It is gone then, which is what was wanted.
      }
    }

    boolean isOver() {
      return System.nanoTime() - end >= 0;
    }

    @Override
    public void close() {
      closing.cancel(false);
    }
  }

  /** Whose certificate it is, for which hosts if it names any, by whom and for how long. */
  String ofCertificate() throws CertificateException {
    String hosts = hosts();
    return "certificate of %s%s, issued by %s, from %s until %s"
        .formatted(
            certificate.getSubjectX500Principal().getName(),
            hosts.isEmpty() ? "" : " for " + hosts,
            certificate.getIssuerX500Principal().getName(),
            certificate.getNotBefore().toInstant(),
            certificate.getNotAfter().toInstant());
  }

  private String hosts() throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? ""
        : names.stream()
            .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
            .map(name -> String.valueOf(name.get(1)))
            .collect(Collectors.joining(" and "));
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
