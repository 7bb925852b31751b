package io.stompbox.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BrokerCommandTest {
  private static final Pattern READY = Pattern.compile("stomp://127\\.0\\.0\\.1:\\d+\n");

  @Test
  void brokerServesUntilCtrlC() throws Exception {
    Cli broker =
        new Cli().start("broker", "--port", "0").awaitErr("broker ready; Ctrl-C stops it\n");
    String uri = uri(broker);

    Cli.run("send", "-s", uri, "/queue/a", "hi", "--receipt").assertThatItEndsWith(ExitCode.OK);
    assertThat(Cli.run("listen", "-s", uri, "/queue/a", "-c", "1").out()).isEqualTo("hi\n");

    Cli.Result result = broker.interrupt().end().assertThatItEndsWith(ExitCode.OK);
    assertThat(result.out()).isEqualTo(uri + "\n");
    Cli.run("send", "-s", uri, "/queue/a", "hi").assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
  }

  @Test
  void brokerStopsAfterItsTime() {
    Cli.run("broker", "--port", "0", "--for", "1ms").assertThatItEndsWith(ExitCode.OK);
  }

  @Test
  void portThatIsTakenIsNamed() {
    try (EmbeddedBroker other = EmbeddedBroker.start()) {
      Cli.Result result =
          Cli.run("broker", "--port", "" + other.port())
              .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

      assertThat(result.err().lines())
          .containsExactly(
              "stompbox: cannot listen on 127.0.0.1:" + other.port() + ": Address already in use",
              "  choose another port with --port, or any free one with --port 0");
    }
  }

  @Test
  void usersAreLetInAndOthersAreNot() throws Exception {
    Cli broker =
        new Cli()
            .start("broker", "--port", "0", "--user", "me:s3cret")
            .awaitErr("broker ready; Ctrl-C stops it\n");
    String uri = uri(broker);

    new Cli()
        .secret("s3cret")
        .call("send", "-s", uri, "-u", "me", "--ask-password", "/queue/a", "x")
        .assertThatItEndsWith(ExitCode.OK);
    Cli.run("send", "-s", uri, "/queue/a", "x").assertThatItEndsWith(ExitCode.REFUSED);

    assertThat(broker.interrupt().end().err()).contains("warning: ").doesNotContain("s3cret");
  }

  private static String uri(Cli broker) {
    assertThat(broker.out()).matches(READY);
    return broker.out().strip();
  }

  @Test
  void brokerKnowsItsUsers() {
    BrokerCommand broker =
        Cli.command(BrokerCommand.class, "broker", "--user", "a:b", "--user", "c:d:e");

    assertThat(broker.users()).isEqualTo(Map.of("a", "b", "c", "d:e"));
  }
}
