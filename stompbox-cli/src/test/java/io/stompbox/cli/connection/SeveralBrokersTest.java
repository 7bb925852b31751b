package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where none of several brokers lets us in: the same by every command. */
class SeveralBrokersTest {
  private static final String NOBODY = "stomp://127.0.0.1:1";
  private static final String HTTP = "HTTP/1.1 400 No~~^";
  private static final String REFUSAL = "ERROR~message:Access refused~~^";

  @ParameterizedTest
  @ValueSource(strings = {"ping", "doctor", "send /queue/a x", "peek /queue/a", "listen /queue/a"})
  void eachIsNamedWithItsReasonAndTheHintIsOfTheOneThatItConcerns(String command) throws Exception {
    try (OtherPort http = OtherPort.answering(HTTP)) {
      String other = http.named("stomp://H:PORT");

      Cli.Result result = run(command, NOBODY, other).assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

      assertThat(result.err().lines())
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith(
                          "stompbox: cannot connect to " + NOBODY + ": Connection refused; ")
                      .contains("; " + other + ": ", "'HTTP/1.1 400 No"),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "  "
                              + other
                              + ": an HTTP server answers there: for STOMP over WebSocket try "
                              + http.named("ws://H:PORT")),
              line -> assertThat(line).startsWith("  " + NOBODY + ": is a broker running there"));
    }
  }

  /** The hint for the first does not become one for the second. */
  @ParameterizedTest
  @ValueSource(strings = {"ping", "send /queue/a x"})
  void hintDoesNotMoveToTheBrokerThatWasTriedLast(String command) throws Exception {
    try (OtherPort http = OtherPort.answering(HTTP)) {
      String other = http.named("stomp://H:PORT");

      assertThat(run(command, other, NOBODY).err())
          .contains("\n  " + other + ": an HTTP server answers there")
          .doesNotContain(NOBODY + ": an HTTP");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "silence, silence, TIMED_OUT, --timeout sets how long to wait",
    "silence, hang up, CANNOT_CONNECT, 'is it a STOMP port?'",
    "silence, " + REFUSAL + ", REFUSED, set the user with -u",
    REFUSAL + ", hang up, REFUSED, set the user with -u",
  })
  void refusalCountsMostAndSilenceOnlyIfAllAreSilent(
      String first, String second, ExitCode code, String advice) throws Exception {
    try (OtherPort one = OtherPort.answering(first);
        OtherPort two = OtherPort.answering(second)) {
      String[] brokers = {one.named("stomp://H:PORT"), two.named("stomp://H:PORT")};
      for (String command : List.of("ping", "send /queue/a x")) {
        Cli.Result result = run(command, brokers).assertThatItEndsWith(code);

        assertThat(result.err()).contains(brokers).contains(advice);
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
      }
    }
  }

  /** Whoever cuts the connections with TLS would get the password, from ping and doctor too. */
  @ParameterizedTest
  @ValueSource(strings = {"ping", "doctor", "send /queue/a x"})
  void listWithTlsAndWithoutIsAMistakeUnlessThatIsAllowed(String command) {
    String[] brokers = {"stomp+ssl://127.0.0.1:1", NOBODY};

    assertThat(run(command, brokers).assertThatItEndsWith(ExitCode.USAGE).err().lines())
        .containsExactly(
            "stompbox: the list has brokers with TLS and brokers without, which get what is sent"
                + " when those with TLS can't be reached, passwords too",
            "  give all of them TLS, or --set allowPlainAfterTls=true",
            "  it comes from --server");
    run(command + " --set allowPlainAfterTls=true", brokers)
        .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
  }

  private static Cli.Result run(String command, String... brokers) {
    String list = "failover:(" + String.join(",", brokers) + ")?randomize=false";
    Stream<String> options = Stream.of("--timeout", "500ms", "-s", list);
    return Cli.run(Stream.concat(Stream.of(command.split(" ")), options).toArray(String[]::new));
  }
}
