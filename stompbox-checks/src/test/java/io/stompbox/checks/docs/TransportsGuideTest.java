package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Certificates;
import io.stompbox.checks.matrix.Certificates.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.SslContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/transports.md. */
class TransportsGuideTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n(import .*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theProgramSendsAndReceivesThroughTls() throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(guide()));
    assertThat(program.find()).as("docs/transports.md has a program").isTrue();
    Program secure = Program.compile(folder, "Secure", program.group(1));
    Certificates certificates = Certificates.in(folder);
    BrokerService broker = new BrokerService();
    try {
      int port = start(broker, certificates);

      String printed =
          secure.run(
              "stomp+ssl://127.0.0.1:" + port,
              certificates.authorityPem().toString(),
              certificates.certificatePem(Kind.GOOD).toString(),
              certificates.keyPem(Kind.GOOD).toString());

      assertThat(printed.lines()).containsExactly("order 1");
    } finally {
      broker.stop();
    }
  }

  private static int start(BrokerService broker, Certificates certificates) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(
        Certificates.keyStore(certificates.keyPkcs12(Kind.GOOD)),
        Certificates.PASSWORD.toCharArray());
    broker.setBrokerName("guide");
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.setUseShutdownHook(false);
    broker.setSslContext(new SslContext(keys.getKeyManagers(), null, null));
    int port =
        broker.addConnector("stomp+ssl://127.0.0.1:0").getServer().getSocketAddress().getPort();
    broker.start();
    broker.waitUntilStarted();
    return port;
  }

  private static Path guide() {
    return Stream.of(Path.of("docs/transports.md"), Path.of("../docs/transports.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
