package io.stompbox.client.transport;

import io.stompbox.client.transport.UnexpectedPeerException.Sign;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS over sockets that are connected. All connections of one share an {@link SSLContext}, so that
 * later ones can resume the session of earlier ones. Safe to share between threads.
 */
final class TlsLayer {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private static final String NO_RECORD = "unrecognized SSL message";

  private final TlsOptions options;

  /**
   * Made when it is needed first, since reading the JVM's authorities takes long. Guarded by this.
   */
  private @Nullable SSLContext context;

  TlsLayer(TlsOptions options) {
    this.options = options;
  }

  /**
   * Makes TLS over {@code plain}, which is closed with what it returns.
   *
   * @param millis how long the peer may be silent meanwhile
   */
  SSLSocket over(Socket plain, String host, int port, int millis) throws IOException {
    String name = withoutZone(host);
    SSLSocket secure =
        (SSLSocket) context().getSocketFactory().createSocket(plain, name, port, true);
    secure.setSSLParameters(parameters(secure.getSSLParameters()));
    // A TLS handshake with a port that speaks plain STOMP may wait for ever (Artemis).
    plain.setSoTimeout(millis);
    handshake(secure);
    plain.setSoTimeout(0);
    check(secure, host);
    if (!options.unchecked().isEmpty()) {
      LOG.log(
          Level.WARNING,
          "TLS to {0}:{1} does not check {2}; anybody may pose as this broker",
          host,
          String.valueOf(port),
          options.unchecked());
    }
    return secure;
  }

  private static void handshake(SSLSocket secure) throws IOException {
    try {
      secure.startHandshake();
    } catch (SocketTimeoutException e) {
      throw UnexpectedPeerException.silent(Sign.SILENT_TO_TLS, e);
    } catch (SSLException e) {
      // The JDK has no type of its own for what is no record of TLS.
      if (e.getClass() == SSLException.class
          && String.valueOf(e.getMessage()).contains(NO_RECORD)) {
        throw new UnexpectedPeerException(
            Sign.NO_TLS, "the peer does not speak TLS: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** The zone of an IPv6 address is this machine's business and stands in no certificate. */
  static String withoutZone(String host) {
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone);
  }

  private SSLParameters parameters(SSLParameters parameters) {
    parameters.setProtocols(options.minimum().andLater());
    if (options.hostNames() == TlsOptions.HostNames.CHECKED) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    options
        .serverName()
        .ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
    return parameters;
  }

  private void check(SSLSocket secure, String host) throws IOException {
    PeerCheck check = options.peerCheck();
    if (check == null) {
      return;
    }
    try {
      check.check((X509Certificate) secure.getSession().getPeerCertificates()[0], host);
    } catch (CertificateException e) {
      SSLHandshakeException refused =
          new SSLHandshakeException(
              "the program's own check refuses the certificate of " + host + ": " + e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  private synchronized SSLContext context() throws IOException {
    SSLContext used = options.context().orElse(context);
    try {
      if (used == null && options.trust() instanceof Trust.Platform && !hasCertificate()) {
        // The JVM keeps it, and a program may change it.
        return SSLContext.getDefault();
      }
      if (used == null) {
        used = SSLContext.getInstance("TLS");
        used.init(keyManagers(), trustManagers(options.trust()), null);
        context = used;
      }
      return used;
    } catch (GeneralSecurityException | IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("TLS can't be set up: " + cause, e);
    }
  }

  private boolean hasCertificate() {
    return options.certificate().isPresent();
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
    ClientCertificate own = options.certificate().orElse(null);
    if (own == null) {
      return null;
    }
    char[] none = {};
    KeyStore store = emptyStore();
    store.setKeyEntry("own", own.key(), none, own.chain().toArray(new Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, none);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trustManagers(Trust trust)
      throws GeneralSecurityException, IOException {
    if (trust instanceof Trust.Anybody) {
      return new TrustManager[] {new NoQuestions()};
    }
    if (!(trust instanceof Trust.Only only)) {
      return null;
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < only.certificates().size(); i++) {
      store.setCertificateEntry("trusted-" + i, only.certificates().get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Not an X509ExtendedTrustManager, so that the JDK still looks at the host name itself. */
  private static final class NoQuestions implements X509TrustManager {
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
