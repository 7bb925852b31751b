package io.stompbox.cli.inspect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of TLS. */
class TlsCheckTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @Test
  void certificateThatEndsSoonIsTold(@TempDir Path folder) throws Exception {
    KeyStore store = certificate(folder, "10");
    byte[] octets = store.getCertificate("broker").getEncoded();
    Path pem =
        Files.writeString(
            folder.resolve("broker.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                + "\n-----END CERTIFICATE-----\n");
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        SSLServerSocket secure = listen(store)) {
      start(() -> forward(secure, broker.port()));

      Cli.Result result =
          Cli.run(
                  "doctor",
                  "--only",
                  "tls,server",
                  "-s",
                  "stomp+ssl://127.0.0.1:" + secure.getLocalPort(),
                  "--tls-ca",
                  pem.toString())
              .assertThatItEndsWith(ExitCode.OK);

      assertThat(result.out())
          .contains("note  tls           TLSv1.3, TLS_")
          .contains("certificate of CN=127.0.0.1, issued by CN=127.0.0.1, until 2")
          .contains("the certificate has 9 days left: renew it");
    }
  }

  private static KeyStore certificate(Path folder, String days) throws Exception {
    Path file = folder.resolve("broker.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-dname",
                    "CN=127.0.0.1",
                    "-keyalg",
                    "EC",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    days,
                    "-alias",
                    "broker",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, PASSWORD);
    }
    return store;
  }

  private static SSLServerSocket listen(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Speaks TLS for a broker that does not, until the socket is closed. */
  private static void forward(SSLServerSocket secure, int port) {
    try {
      while (true) {
        Socket client = secure.accept();
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
}
