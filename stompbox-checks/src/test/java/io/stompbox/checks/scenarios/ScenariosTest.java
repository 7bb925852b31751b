package io.stompbox.checks.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import io.stompbox.checks.secrets.Canary;
import io.stompbox.checks.secrets.LogScan;
import io.stompbox.testkit.script.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario that comes with the project. */
@Timeout(120)
@Tag(Fault.TAG)
class ScenariosTest {
  static List<Path> scenarios() throws IOException {
    return ScenariosMain.files(folder());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void isFulfilledAndTellsNoSecret(Path scenario) throws IOException {
    try (LogScan log = LogScan.start()) {
      assertThat(ScenarioRun.failures(withSecret(scenario))).isEmpty();
      Canary.assertNotIn(log.text(), "the log, or the name of a thread");
    }
  }

  /** Lets the client log in with a secret, unless the scenario has one of its own. */
  private static Scenario withSecret(Path scenario) throws IOException {
    String options = "login:%s passcode:\"%s\"".formatted(Canary.LOGIN, Canary.quoted());
    String script = Files.readString(scenario);
    return Scenario.parse(
        Lines.of(
            scenario.toString(),
            script.replaceFirst(
                "(?m)^client$", Matcher.quoteReplacement("client\n  options " + options))));
  }

  private static Path folder() {
    return Stream.of(Path.of(""), Path.of("stompbox-checks"))
        .map(place -> place.resolve(Path.of("src", "test", "resources", "scenarios")))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }
}
