package io.stompbox.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.testkit.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of certificates that are not as they should be. */
class TlsCheckTest {
  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.start();
  @TempDir private Path folder;

  @Test
  void certificateThatEndsSoonIsTold() throws Exception {
    try (SecurePort port = port("-ext", "san=ip:127.0.0.1", "-validity", "10")) {
      Cli.Result result = doctor(port, "--tls-ca", port.authority());

      assertThat(result.assertThatItEndsWith(ExitCode.OK).out())
          .contains("note  tls           TLSv1.3, TLS_")
          .contains("certificate of CN=broker for 127.0.0.1, issued by CN=authority, from 2")
          .contains("the certificate has 9 days left: renew it");
    }
  }

  @Test
  void certificateThatHasExpiredIsNoNote() throws Exception {
    try (SecurePort port =
        port("-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5")) {
      Cli.Result result = doctor(port, "--insecure");

      assertThat(result.assertThatItEndsWith(ExitCode.PARTLY_DONE).out())
          .contains("fail  tls ", "the certificate expired 5 days ago: renew it");
    }
  }

  @Test
  void certificateOfTheFutureIsNoNoteEither() throws Exception {
    try (SecurePort port = port("-ext", "san=ip:127.0.0.1", "-startdate", "+5d")) {
      assertThat(doctor(port, "--insecure").out())
          .contains("the certificate is not valid yet: is the clock right?");
      assertThat(ping(port, "--tls-ca", port.authority()))
          .contains("the certificate of CN=broker is not valid before 2")
          .contains("is the clock of this machine right?");
    }
  }

  @Test
  void whoCannotConnectForItIsToldWhenItExpired() throws Exception {
    try (SecurePort port =
        port("-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5")) {
      assertThat(ping(port, "--tls-ca", port.authority()))
          .contains("TLS handshake failed: the certificate of CN=broker expired on 2")
          .contains("\n  let whoever runs the broker renew it; --insecure goes on without")
          .doesNotContain("vouches");
    }
  }

  /** A name that is not in it, or an authority that nobody knows. */
  @Test
  void certificateThatIsNotTakenIsShownByTheDoctor() throws Exception {
    try (SecurePort port = port("-ext", "san=dns:broker.example")) {
      String shown =
          "\n  "
              + port.uri()
              + " shows a certificate of CN=broker for broker.example, issued by CN=auth";
      Cli.Result wrongName = doctor(port, "--tls-ca", port.authority());
      Cli.Result unknown = doctor(port);

      assertThat(wrongName.assertThatItEndsWith(ExitCode.CANNOT_CONNECT).err())
          .contains("use a host name of the certificate in the URI", shown);
      assertThat(unknown.assertThatItEndsWith(ExitCode.CANNOT_CONNECT).err())
          .contains("nobody that is trusted vouches for the broker's certificate", shown);
    }
  }

  @Test
  void certificateForNobodyAndOfTodayIsToldInWordsThatFit() throws Exception {
    try (SecurePort port = port("-validity", "1")) {
      assertThat(doctor(port, "--insecure").out())
          .contains("certificate of CN=broker, issued by CN=authority")
          .contains("the certificate has less than a day left: renew it");
    }
  }

  @Test
  void lookAtWhoSaysNothingEnds() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerAddress address = BrokerAddress.parse("stomp+ssl://127.0.0.1:" + silent.getLocalPort());

      assertThatThrownBy(() -> TlsLook.at(address, Duration.ofMillis(200)))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("no TLS within 200ms");
    }
  }

  @Test
  void brokerThatHangsUpBehindTlsMayWantACertificate() throws Exception {
    try (SecurePort port =
        SecurePort.wantingCertificates(folder, broker.port(), "-ext", "san=ip:127.0.0.1")) {
      String trusted = port.authority();

      assertThat(ping(port, "--tls-ca", trusted))
          .containsPattern("the broker (may want|wants) a certificate: --tls-cert FILE and")
          .doesNotContain("try stomp+ssl://");
      assertThat(ping(port, "--tls-ca", trusted, port.ownCertificate()))
          .containsPattern("the broker (may not|does not) take the certificate that it is shown")
          .doesNotContain("speak TLS");
    }
  }

  private SecurePort port(String... options) throws Exception {
    return new SecurePort(folder, broker.port(), options);
  }

  private static Cli.Result doctor(SecurePort port, String... options) {
    return run("doctor --only tls,server", port.uri(), options);
  }

  private static String ping(SecurePort port, String... options) {
    return run("ping", port.uri(), options).assertThatItEndsWith(ExitCode.CANNOT_CONNECT).err();
  }

  private static Cli.Result run(String command, String uri, String... options) {
    String line = command + " -s " + uri + " " + String.join(" ", options);
    return Cli.run(line.trim().split(" "));
  }
}
