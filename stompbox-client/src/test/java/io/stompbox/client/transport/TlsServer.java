package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Shakes hands, sends back one octet, and tells who was there. */
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket server;
  private final BlockingQueue<Greeting> greetings = new LinkedBlockingQueue<>();

  /** What a client showed: its name, or nobody; the name of the host it wants, and the protocol. */
  record Greeting(String client, List<String> serverNames, String protocol) {}

  private TlsServer(SSLServerSocket server) {
    this.server = server;
  }

  /** Starts one with the broker's certificate, which asks for those of clients. */
  static TlsServer start(TestCertificates certificates, String... protocols)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(certificates).getKeyManagers(), trust(certificates).getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setWantClientAuth(true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    TlsServer server = new TlsServer(socket);
    Thread thread = new Thread(server::serve, "tls-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static KeyManagerFactory keys(TestCertificates certificates)
      throws IOException, GeneralSecurityException {
    ClientCertificate own = certificates.of("broker");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(new Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory;
  }

  private static TrustManagerFactory trust(TestCertificates certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", certificates.chain("authority").get(0));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory;
  }

  int port() {
    return server.getLocalPort();
  }

  BlockingQueue<Greeting> greetings() {
    return greetings;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (SSLSocket client = (SSLSocket) server.accept()) {
        client.startHandshake();
        ExtendedSSLSession session = (ExtendedSSLSession) client.getSession();
        List<String> names =
            session.getRequestedServerNames().stream()
                .map(name -> new String(name.getEncoded(), UTF_8))
                .toList();
        // Only a client that is content with the certificate sends something.
        int octet = client.getInputStream().read();
        if (octet >= 0) {
          greetings.add(new Greeting(client(session), names, session.getProtocol()));
          client.getOutputStream().write(octet);
        }
      } catch (IOException refused) {
        // The next client may be welcome, or the test is over.
      }
    }
  }

  private static String client(ExtendedSSLSession session) {
    try {
      X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    } catch (SSLPeerUnverifiedException anonymous) {
      return "nobody";
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
