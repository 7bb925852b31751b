package io.stompbox.checks.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of the fault matrix in {@code docs/reliability.md}. */
record FaultTable(List<Row> rows) {
  private static final Pattern ROW = Pattern.compile("\\| (F\\d\\d) \\|.*\\|");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test(?:\\.\\w+)?)`");
  private static final Pattern SCENARIO = Pattern.compile("`([\\w-]+\\.scenario)`");

  /** The column that says what shows a row, from 0. */
  private static final int SHOWN_BY = 4;

  private static final int COLUMNS = 7;

  /** A fault; {@code shownBy} is the text that names tests and scenarios. */
  record Row(String id, String shownBy) {
    /** Returns tests, as {@code Class.method} or {@code Class} for all of its methods. */
    List<String> tests() {
      return names(TEST);
    }

    /** Returns the names of files. */
    List<String> scenarios() {
      return names(SCENARIO);
    }

    private List<String> names(Pattern pattern) {
      return pattern
          .matcher(shownBy)
          .results()
          .map((MatchResult found) -> found.group(1))
          .distinct()
          .toList();
    }
  }

  static FaultTable read() throws IOException {
    return new FaultTable(
        Files.readAllLines(root().resolve("docs").resolve("reliability.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row(row.group(1), row.group()))
            .toList());
  }

  private static Row row(String id, String line) {
    List<String> cells = Arrays.asList(line.split("\\|", -1));
    if (cells.size() != COLUMNS + 1) {
      throw new IllegalStateException(
          "the row of " + id + " has " + (cells.size() - 2) + " cells, not " + (COLUMNS - 1));
    }
    return new Row(id, cells.get(SHOWN_BY));
  }

  /** Returns the root of the repository, in whose folders tests run. */
  static Path root() {
    return Stream.of(Path.of(""), Path.of(".."))
        .filter(folder -> Files.isDirectory(folder.resolve("docs")))
        .findFirst()
        .orElseThrow();
  }

  /** Returns all tests that show a row. */
  List<String> tests() {
    return rows.stream().flatMap(row -> row.tests().stream()).distinct().toList();
  }
}
