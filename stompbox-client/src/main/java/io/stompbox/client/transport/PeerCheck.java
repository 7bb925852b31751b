package io.stompbox.client.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * A program's own look at the certificate of a broker, after those of TLS: to pin a key, or to ask
 * a list of what was withdrawn. Called once for each connection, on the thread that connects;
 * several threads may call it at a time.
 */
@FunctionalInterface
public interface PeerCheck {
  /**
   * Returns if the certificate is good for this host.
   *
   * @param host the host of the broker's address
   * @throws CertificateException if not; its message ends up in that of the failure
   */
  void check(X509Certificate certificate, String host) throws CertificateException;
}
