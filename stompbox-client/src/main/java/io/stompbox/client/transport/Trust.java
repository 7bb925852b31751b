package io.stompbox.client.transport;

import java.security.cert.X509Certificate;
import java.util.List;

/** Whose signature under a broker's certificate is good. */
public sealed interface Trust {
  /** The authorities of the JVM: {@code javax.net.ssl.trustStore}, or else its {@code cacerts}. */
  record Platform() implements Trust {}

  /**
   * These and nobody else: authorities, or certificates of brokers themselves.
   *
   * @param certificates at least one
   */
  record Only(List<X509Certificate> certificates) implements Trust {
    /**
     * Copies them.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Only {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("there is no certificate to trust");
      }
    }

    /** Names whom they are for. */
    @Override
    public String toString() {
      return "Only"
          + certificates.stream().map(one -> one.getSubjectX500Principal().getName()).toList();
    }
  }

  /** Anybody's: see {@link TlsOptions#insecurelyAcceptingAnyCertificate()}. */
  record Anybody() implements Trust {}
}
