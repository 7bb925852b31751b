package io.stompbox.checks.coverage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rows of {@code docs/coverage.md}, over all its sections.
 *
 * @param rows the rows as written, right or wrong
 * @param malformed what is wrong with lines that could not become a row
 */
record CoverageTable(List<Row> rows, List<String> malformed) {

  private static final int COLUMNS = 5;
  private static final Pattern HEADING = Pattern.compile("\\|\\s*(id\\s*\\||[-:]+\\s*\\|).*");
  private static final Pattern TEST = Pattern.compile("([A-Z]\\w*)(?:#([a-z]\\w*))?");

  /**
   * One capability.
   *
   * @param line where it stands in the file, counted from 1
   * @param api the public API of a done row, the reason of a superseded one
   * @param tests {@code ClassName#methodName} or {@code ClassName}, separated by commas
   */
  record Row(int line, String id, String capability, String state, String api, String tests) {}

  CoverageTable {
    rows = List.copyOf(rows);
    malformed = List.copyOf(malformed);
  }

  /** Takes every line that starts with a bar for a row, except the headings of the tables. */
  static CoverageTable parse(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    for (int line = 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1).strip();
      if (!text.startsWith("|") || HEADING.matcher(text).matches()) {
        continue;
      }
      List<String> cells = cells(text);
      if (cells.size() == COLUMNS) {
        rows.add(row(line, cells));
      } else {
        malformed.add(
            "line %d has %d cells instead of %d; write '| id | capability | state | API | test |'"
                .formatted(line, cells.size(), COLUMNS));
      }
    }
    return new CoverageTable(rows, malformed);
  }

  private static List<String> cells(String text) {
    String inner = text.substring(1, text.endsWith("|") ? text.length() - 1 : text.length());
    return Stream.of(inner.split("\\|", -1)).map(String::strip).toList();
  }

  private static Row row(int line, List<String> cells) {
    return new Row(line, cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
  }

  /** Returns a sentence for everything that breaks a rule; none if the table is right. */
  List<String> problems(Set<String> ids, TestSources sources) {
    List<String> problems = new ArrayList<>(malformed);
    Set<String> seen = new HashSet<>();
    for (Row row : rows) {
      if (!ids.contains(row.id())) {
        problems.add(at(row, "is no known id; take one of coverage-ids.txt"));
      } else if (!seen.add(row.id())) {
        problems.add(at(row, "stands in the table already; keep one row"));
      }
      problems.addAll(problemsOfState(row));
      problems.addAll(problemsOfTests(row, sources));
    }
    ids.stream()
        .filter(id -> !seen.contains(id))
        .forEach(id -> problems.add(id + " is missing from the table; add its row"));
    return problems;
  }

  private static List<String> problemsOfState(Row row) {
    return switch (row.state()) {
      case "open" -> List.of();
      case "done" -> problemsOfDone(row);
      case "superseded" -> problemsOfSuperseded(row);
      default -> List.of(at(row, "has state '" + row.state() + "'; use open, done or superseded"));
    };
  }

  private static List<String> problemsOfDone(Row row) {
    List<String> problems = new ArrayList<>();
    if (row.api().isEmpty()) {
      problems.add(at(row, "is done without an API; name the public type or method"));
    }
    if (row.tests().isEmpty()) {
      problems.add(at(row, "is done without a test; name one as ClassName#methodName"));
    }
    return problems;
  }

  private static List<String> problemsOfSuperseded(Row row) {
    return row.api().isEmpty()
        ? List.of(at(row, "is superseded without a reason; give it in the API column"))
        : List.of();
  }

  private static List<String> problemsOfTests(Row row, TestSources sources) {
    if (row.tests().isEmpty()) {
      return List.of();
    }
    return Stream.of(row.tests().split(",", -1))
        .map(test -> test.replace('`', ' ').strip())
        .filter(test -> !exists(test, sources))
        .map(test -> at(row, "names the test '" + test + "', which no test tree has; correct it"))
        .toList();
  }

  private static boolean exists(String test, TestSources sources) {
    Matcher parts = TEST.matcher(test);
    if (!parts.matches()) {
      return false;
    }
    String method = parts.group(2);
    return method == null
        ? sources.hasClass(parts.group(1))
        : sources.hasMethod(parts.group(1), method);
  }

  private static String at(Row row, String problem) {
    return "line %d: %s %s".formatted(row.line(), row.id(), problem);
  }
}
