package io.stompbox.client.transport;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a client shows to a broker that asks who it is.
 *
 * @param key the private key of the first certificate; never printed
 * @param chain the client's own certificate, and those that vouch for it, in this order
 */
public record ClientCertificate(PrivateKey key, List<X509Certificate> chain) {
  /**
   * Checks that there is a certificate, and that the key is that of the first.
   *
   * @throws IllegalArgumentException if not
   */
  public ClientCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a client certificate needs at least one certificate");
    }
    if (!KeyPairs.match(key, chain.get(0).getPublicKey())) {
      throw new IllegalArgumentException(
          "the private key is not that of the certificate for "
              + chain.get(0).getSubjectX500Principal()
              + "; that certificate must come first");
    }
  }

  /** Names whom the certificate is for, without the key. */
  @Override
  public String toString() {
    return "ClientCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
