package io.stompbox.cli.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS for a broker that does not, with a certificate from an authority of its own. */
final class SecurePort implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final SSLServerSocket server;

  /**
   * Opens one.
   *
   * @param folder for keys
   * @param broker the port to forward to
   * @param options of keytool, for the certificate
   */
  SecurePort(Path folder, int broker, String... options) throws Exception {
    this(folder, broker, ClientCertificates.UNASKED, options);
  }

  private enum ClientCertificates {
    UNASKED,
    NEEDED
  }

  /** Opens one that talks to nobody who shows no certificate that Java trusts. */
  static SecurePort wantingCertificates(Path folder, int broker, String... options)
      throws Exception {
    return new SecurePort(folder, broker, ClientCertificates.NEEDED, options);
  }

  private SecurePort(Path folder, int broker, ClientCertificates clients, String... options)
      throws Exception {
    this.folder = folder;
    generate("authority", "-ext", "bc:critical=ca:true");
    List<String> all = new ArrayList<>(List.of("-signer", "authority"));
    all.addAll(List.of(options));
    generate("broker", all.toArray(String[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(brokersOwn(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    InetAddress here = InetAddress.getLoopbackAddress();
    server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, here);
    server.setNeedClientAuth(clients == ClientCertificates.NEEDED);
    start(() -> forward(broker));
  }

  String uri() {
    return "stomp+ssl://127.0.0.1:" + server.getLocalPort();
  }

  /** Options for who shows its own certificate, which nobody trusts. */
  String ownCertificate() throws Exception {
    Path own = folder.resolve("own.p12");
    try (OutputStream output = Files.newOutputStream(own)) {
      brokersOwn().store(output, PASSWORD);
    }
    return "--tls-cert " + own + " --set tls.keyPassword=" + new String(PASSWORD);
  }

  /** The file of the authority. */
  String authority() throws Exception {
    Certificate certificate = store().getCertificate("authority");
    Path pem =
        Files.writeString(
            folder.resolve("authority.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    return pem.toString();
  }

  private void generate(String alias, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", "EC"));
    command.addAll(List.of("-dname", "CN=" + alias, "-alias", alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    command.addAll(List.of("-keystore", keys().toString()));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
  }

  private Path keys() {
    return folder.resolve("all.p12");
  }

  private KeyStore brokersOwn() throws Exception {
    KeyStore store = store();
    store.deleteEntry("authority");
    return store;
  }

  private KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(keys())) {
      store.load(input, PASSWORD);
    }
    return store;
  }

  private void forward(int port) {
    try {
      while (true) {
        Socket client = server.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), port);
        start(() -> copy(client, broker));
        start(() -> copy(broker, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream input = from.getInputStream();
        OutputStream output = to.getOutputStream()) {
      input.transferTo(output);
    } catch (IOException closed) {
      // One of the two has gone, and the other goes with it.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
