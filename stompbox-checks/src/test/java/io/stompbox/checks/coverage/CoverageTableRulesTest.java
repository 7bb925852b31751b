package io.stompbox.checks.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of {@link CoverageTable} sees the violation that is planted for it. */
class CoverageTableRulesTest {

  private static final Set<String> IDS = new LinkedHashSet<>(List.of("A-1", "A-2"));
  private static final TestSources SOURCES =
      new TestSources(Map.of("FrameTest", List.of("class X {}", "  void decodes() { if (a) {} }")));
  private static final String HEADING = "| id | capability | state | API | test |";
  private static final String RULE = "| --- | :-- | --- | --- | --- |";
  private static final String OPEN = "| A-2 | b | open | | |";

  static Stream<Arguments> violations() {
    return Stream.of(
        row("missing id", "", "A-1 is missing from the table; add its row"),
        row(
            "unknown id",
            "| A-1 | a | open | | |\n| A-9 | a | open | | |",
            "line 4: A-9 is no known id; take one of coverage-ids.txt"),
        row(
            "repeated id",
            "| A-1 | a | open | | |\n| A-1 | a | open | | |",
            "line 4: A-1 stands in the table already; keep one row"),
        row(
            "unknown state",
            "| A-1 | a | Done | Frame | FrameTest |",
            "line 3: A-1 has state 'Done'; use open, done or superseded"),
        row(
            "no state",
            "| A-1 | a | | | |",
            "line 3: A-1 has state ''; use open, done or superseded"),
        row(
            "done without API",
            "| A-1 | a | done | | FrameTest |",
            "line 3: A-1 is done without an API; name the public type or method"),
        row(
            "done without test",
            "| A-1 | a | done | Frame | |",
            "line 3: A-1 is done without a test; name one as ClassName#methodName"),
        row(
            "superseded without reason",
            "| A-1 | a | superseded | | |",
            "line 3: A-1 is superseded without a reason; give it in the API column"),
        row("unknown test class", "| A-1 | a | done | Frame | NoTest |", noTest("NoTest")),
        row(
            "unknown test method",
            "| A-1 | a | done | Frame | FrameTest#decodes, FrameTest#encodes |",
            noTest("FrameTest#encodes")),
        row(
            "part of a method name",
            "| A-1 | a | done | Frame | FrameTest#codes |",
            noTest("FrameTest#codes")),
        row("no method name", "| A-1 | a | done | Frame | FrameTest# |", noTest("FrameTest#")),
        row("trailing comma", "| A-1 | a | done | Frame | FrameTest, |", noTest("")),
        row("unknown test of an open row", "| A-1 | a | open | | NoTest |", noTest("NoTest")),
        row(
            "too few cells",
            "| A-1 | a | open | | |\n| A-1 | a | open | |",
            "line 4 has 4 cells instead of 5; write '| id | capability | state | API | test |'"));
  }

  private static Arguments row(String name, String rows, String problem) {
    return Arguments.of(name, rows, problem);
  }

  private static String noTest(String test) {
    return "line 3: A-1 names the test '" + test + "', which no test tree has; correct it";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void findsTheViolation(String name, String rows, String problem) {
    assertThat(problems(HEADING, RULE, rows, OPEN)).containsExactly(problem);
  }

  static Stream<String> rightRows() {
    return Stream.of(
        "| A-1 | a | open | | |",
        "|A-1|a|open|||",
        "| A-1 | a | done | `Frame` | `FrameTest#decodes` |",
        "| A-1 | a | done | Frame | FrameTest#decodes, FrameTest |",
        "| A-1 | a | superseded | headers are escaped | |");
  }

  @ParameterizedTest
  @MethodSource("rightRows")
  void acceptsWhatIsRight(String row) {
    assertThat(problems("# Coverage", "a | b", HEADING, RULE, row, OPEN)).isEmpty();
  }

  @Test
  void readsTheCellsOfARow() {
    CoverageTable table =
        CoverageTable.parse(List.of(HEADING, RULE, "| A-1 | a b | done | X | Y |"));

    assertThat(table.rows())
        .containsExactly(new CoverageTable.Row(3, "A-1", "a b", "done", "X", "Y"));
  }

  private static List<String> problems(String... blocks) {
    List<String> lines = Stream.of(blocks).flatMap(String::lines).toList();
    return CoverageTable.parse(lines).problems(IDS, SOURCES);
  }
}
