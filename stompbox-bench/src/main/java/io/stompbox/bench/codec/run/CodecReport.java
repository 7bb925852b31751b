package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.subject.Subjects;
import io.stompbox.bench.report.PeerFigures.Peer;
import io.stompbox.bench.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The codec part of the document with benchmarks, in Markdown. */
final class CodecReport {
  private static final String SUBJECT = "stompbox";

  private final Figures figures;

  CodecReport(List<Measurement> measurements) {
    this.figures = new Figures(measurements);
  }

  /** Returns the table of what was promised. */
  String holds() {
    return NumbersToHold.of(figures).markdown();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(circumstances()).append("\n### Numbers to hold\n\n").append(holds());
    for (Work work : Work.values()) {
      text.append("\n### ").append(work.title()).append("\n");
      text.append("\nCPU nanoseconds a frame: median, and least to most of the rounds.\n\n");
      text.append(times(work));
      text.append("\nOctets taken from the heap for a frame: median.\n\n").append(allocated(work));
    }
    return text.append("\n### The subjects\n\n").append(subjects()).toString();
  }

  private String circumstances() {
    List<Double> others = figures.all().stream().map(Measurement::others).sorted().toList();
    long rounds = figures.all().stream().mapToLong(Measurement::round).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "* Machine: %s.%n* JDK: %s.%n* Rounds: %d, each figure in a JVM of its own, peers next to"
            + " each other.%n* Noise: other processes had %.0f %% of the machine in the median fork"
            + " and %.0f %% in the worst.%n",
        all(Measurement::machine),
        all(Measurement::jvm),
        rounds,
        others.isEmpty() ? 0 : 100 * Spread.median(others),
        others.isEmpty() ? 0 : 100 * others.get(others.size() - 1));
  }

  /** Returns what measurements say, each text once. */
  private String all(Function<Measurement, String> text) {
    return figures.all().stream().map(text).distinct().collect(Collectors.joining("; "));
  }

  private String times(Work work) {
    List<String> corpora = measured(work);
    StringBuilder table =
        table(corpora, subject -> corpus -> figures.cpu(work, corpus, subject).map(this::spread));
    row(table, "**best peer / stompbox**", corpora, corpus -> ratio(work, corpus));
    return table.toString();
  }

  private Optional<String> ratio(Work work, String corpus) {
    Optional<Peer> best = figures.peers(work, corpus).best();
    Optional<Spread> own = figures.cpu(work, corpus, SUBJECT);
    return best.isEmpty() || own.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "**%.1f** (%s)",
                best.get().median() / own.get().median(),
                best.get().name()));
  }

  private String allocated(Work work) {
    return table(
            measured(work),
            subject ->
                corpus ->
                    figures
                        .figure(work, corpus, subject, Measurement::allocated)
                        .map(figure -> String.format(Locale.ROOT, "%.0f", figure.median())))
        .toString();
  }

  /** Returns a table with a row for each subject that has something in it. */
  private static StringBuilder table(List<String> corpora, Function<String, Cell> cells) {
    StringBuilder table = new StringBuilder(head(corpora));
    for (CodecSubject subject : Subjects.all()) {
      row(table, subject.name(), corpora, cells.apply(subject.name()));
    }
    return table;
  }

  private List<String> measured(Work work) {
    return work.corpora().stream()
        .filter(corpus -> figures.cpu(work, corpus, SUBJECT).isPresent())
        .toList();
  }

  private static String head(List<String> corpora) {
    return "| | "
        + String.join(" | ", corpora)
        + " |\n|---|"
        + "--:|".repeat(corpora.size())
        + "\n";
  }

  /** What stands in a column. */
  @FunctionalInterface
  private interface Cell {
    Optional<String> of(String corpus);
  }

  /** Adds a row, unless there is nothing in it. */
  private static void row(StringBuilder table, String name, List<String> corpora, Cell cell) {
    List<Optional<String>> cells = corpora.stream().map(cell::of).toList();
    if (cells.stream().anyMatch(Optional::isPresent)) {
      table
          .append("| ")
          .append(name)
          .append(" | ")
          .append(cells.stream().map(text -> text.orElse("-")).collect(Collectors.joining(" | ")))
          .append(" |\n");
    }
  }

  private String spread(Spread figure) {
    return String.format(
        Locale.ROOT, "%.0f (%.0f..%.0f)", figure.median(), figure.least(), figure.most());
  }

  private static String subjects() {
    StringBuilder list = new StringBuilder();
    for (CodecSubject subject : Subjects.all()) {
      list.append("* **").append(subject.name()).append("**: ").append(subject.notes());
      List<String> wrong = new ArrayList<>();
      wrong(wrong, "decoding", subject.decodesWrongly());
      wrong(wrong, "encoding", subject.encodesWrongly());
      if (subject.kind() == Kind.PEER && !wrong.isEmpty()) {
        list.append(". Wrong when ").append(String.join("; ", wrong));
      }
      list.append(".\n");
    }
    return list.toString();
  }

  private static void wrong(List<String> list, String doing, Map<String, String> mistakes) {
    new TreeMap<>(mistakes)
        .forEach((corpus, mistake) -> list.add(doing + " " + corpus + ": " + mistake));
  }
}
