package io.stompbox.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Does what the sessions in docs/cli.md do, the blocks that are marked as {@code console}, against
 * the embedded broker, and compares what comes, but for times, ids and the like.
 */
@DisabledOnOs(OS.WINDOWS)
class CliSessionsTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```console\n(.*?)```");

  /** What differs from run to run, and what stands for it. */
  private static final Map<Pattern, String> VARYING =
      Map.of(
          Pattern.compile("\\d+(\\.\\d+)? (ms|s)\\b"), "TIME",
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"), "INSTANT",
          Pattern.compile("\\b\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\b"), "CLOCK",
          Pattern.compile("ID:[^\"\\s,\\]]+"), "ID",
          Pattern.compile("127\\.0\\.0\\.1:\\d+"), "BROKER",
          Pattern.compile("\"timestamp\":\"\\d+\""), "\"timestamp\":\"N\"",
          Pattern.compile("ActiveMQ/[0-9.]+"), "ActiveMQ/N",
          Pattern.compile("\\d+(\\.\\d+)?k? msg/s"), "RATE",
          Pattern.compile("/\\S*/stompbox/"), "FOLDER/");

  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  static Stream<String> sessions() throws Exception {
    return BLOCK
        .matcher(Files.readString(CliDocumentTest.DOCUMENT))
        .results()
        .map((MatchResult block) -> block.group(1));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionGoesAsItIsTold(String session, @TempDir Path folder) throws Exception {
    ReplayedShell shell = new ReplayedShell(broker.uri(), folder);
    StringBuilder replayed = new StringBuilder();
    for (String line : session.lines().toList()) {
      if (line.startsWith("$ ")) {
        replayed.append(line).append('\n').append(shell.run(line.substring(2)));
      }
    }

    assertThat(lines(replayed.toString())).isEqualTo(lines(session));
  }

  private static List<String> lines(String text) {
    String same = text;
    for (Map.Entry<Pattern, String> one : VARYING.entrySet()) {
      same = one.getKey().matcher(same).replaceAll(one.getValue());
    }
    return same.lines().toList();
  }
}
