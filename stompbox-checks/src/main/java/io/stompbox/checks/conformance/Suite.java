package io.stompbox.checks.conformance;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.checks.conformance.kit.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of cases and tries them. */
final class Suite {
  /** Some editors put it before the first line of a file. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private Suite() {}

  /** Returns the lines of a file that are not blank. */
  static List<Line> read(Path file) throws IOException {
    List<String> texts = Files.readAllLines(file, StandardCharsets.UTF_8);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = i == 0 ? withoutMark(texts.get(i)) : texts.get(i);
      if (!text.isBlank()) {
        lines.add(Line.read(file + ":" + (i + 1), text));
      }
    }
    List<Case> cases =
        lines.stream()
            .filter(Line.Accepted.class::isInstance)
            .map(line -> ((Line.Accepted) line).tried())
            .toList();
    return lines.stream().map(line -> line.among(cases)).toList();
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  static Result run(Line line) {
    return line instanceof Line.Accepted accepted
        ? new Result(line, runs(accepted.tried()))
        : new Result(line, List.of());
  }

  /** A case that throws fails alone; the others still run. */
  private static List<Run> runs(Case tried) {
    try {
      return tried.runs();
    } catch (RuntimeException e) {
      return List.of(new Run("trying it", false, "no exception", Refusal.shown(e)));
    }
  }
}
