package io.stompbox.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code failover}: what a URI comes to. */
class FailoverTest {
  @Test
  void orderAndDelaysAreThoseOfTheUri() {
    Cli.Result result =
        Cli.run(
                "failover",
                "failover:(stomp://a,stomp://b:1)?randomize=false,initialReconnectDelay=100,"
                    + "startupMaxReconnectAttempts=3")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out())
        .isEqualTo(
            """
            brokers    stomp://a:61613, stomp://b:1
            order      as listed
            delay      100ms, times 2.0 up to 30000ms
            atStart    one attempt and 3 more
            afterLoss  for ever

            attempt        delay       waited  broker
                  1          0ms          0ms  stomp://a:61613
                  2        100ms        100ms  stomp://b:1
                  3        200ms        300ms  stomp://a:61613
                  4        400ms        700ms  stomp://b:1
            gives up after 4 attempts
            """);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void delayOfLessThanNoTimeIsNone() {
    assertThat(Cli.run("failover", "failover:(stomp://a)?initialReconnectDelay=-5").out())
        .contains("\ndelay      0ms, times");
  }

  @Test
  void passwordInTheUriIsWarnedOfAsByOtherCommands() {
    Cli.Result result =
        Cli.run("failover", "stomp://me:s3cret@a").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("warning: a password in the URI shows in process lists");
    assertThat(result.out() + result.err()).doesNotContain("s3cret");
  }

  @Test
  void jsonHasAnObjectForEachAttempt() {
    Cli.Result result =
        Cli.run(
                "failover",
                "-o",
                "json",
                "-c",
                "2",
                "--lost",
                "failover:(stomp://a)?maxReconnectAttempts=0")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out().lines())
        .containsExactly(
            "{\"brokers\":[\"stomp://a:61613\"],\"order\":\"shuffled for each pass\","
                + "\"delay\":\"10ms, times 2.0 up to 30000ms\",\"atStart\":\"each broker once\","
                + "\"afterLoss\":\"one attempt\",\"options\":{\"maxReconnectAttempts\":\"0\"},"
                + "\"settings\":{}}",
            "{\"attempt\":1,\"delayMillis\":0,\"waitedMillis\":0,\"broker\":\"stomp://a:61613\"}",
            "{\"givesUpAfter\":1}");
  }

  @Test
  void seedGivesTheSameAgain() {
    String uri = "failover:(stomp://a,stomp://b,stomp://c)?reconnectDelayJitter=500";

    List<String> once = Cli.run("failover", uri, "--lost", "--seed", "7").out().lines().toList();

    assertThat(Cli.run("failover", uri, "--lost", "--seed", "7").out().lines()).isEqualTo(once);
    assertThat(Cli.run("failover", uri, "--lost", "--seed", "8").out().lines()).isNotEqualTo(once);
    assertThat(once).hasSize(17);
  }

  @Test
  void policyThatIsASettingCounts() {
    Cli.Result result =
        Cli.run("failover", "failover:(stomp://a)?reconnect=never", "--lost")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).contains("afterLoss  no attempt", "gives up after 0 attempts");
  }

  @Test
  void secretsAreMasked() {
    Cli.Result result =
        Cli.run(
                "failover",
                "failover:(stomp://me:s3cret@a)?passcode=s3cret,login=you,virtualHost=v")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).doesNotContain("s3cret").contains("setting passcode ***");
    assertThat(result.out()).contains("setting login you", "setting virtualHost v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere|not a broker address: 'nowhere'",
        "failover:(stomp://a)?colour=red|colour",
        "failover:(stomp://a,stomp://b:99999)|the port of stomp://b:99999 must be from 1 to 65535",
        "failover:(stomp://a)?initialReconnectDelay=soon|initialReconnectDelay",
        "failover:(stomp://a|the bracket that opens the list is never closed"
      })
  void whatIsNoUriIsToldAsSuch(String uri, String sentence) {
    assertThat(Cli.run("failover", uri).assertThatItEndsWith(ExitCode.USAGE).err())
        .contains(sentence);
  }
}
