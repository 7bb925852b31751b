package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.subject.Subjects;
import io.stompbox.bench.report.Argument;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param rounds forks for each cell
 * @param corpora only these
 * @param raw where each measurement goes
 * @param report the document whose figures are written anew; null for none
 * @param measures false to make the report from raw results that are there
 */
record Options(
    int rounds,
    Set<Work> works,
    Set<String> subjects,
    Set<String> corpora,
    Path raw,
    @Nullable Path report,
    boolean measures) {
  static final String USAGE =
      """
      usage: ./check bench codec [OPTION=VALUE]...

        rounds=3             JVMs for each figure
        work=A,B             decode-use, decode-full, encode
        subjects=A,B         stompbox, stompbox-borrowed, stompbox-ready, stompbox-writer,
                             netty, spring, vertx, stompjms, activemq-wire, activemq-nio, artemis,
                             limit-copy, limit-scan
        corpora=A,B          small, medium, large, nul, escaped, medium@1460, medium@7,
                             open-4m, open-32m
        raw=FILE             raw results as JSON lines; target/bench/codec.jsonl
        report=FILE          the document whose figures are written anew; docs/benchmarks.md if
                             everything is measured, else none
        measure=no           make the report from the raw results that are there
        short                one round over the medium frame

      Paths start at the folder of the project. Everything takes some 20 minutes a round,
      as far as shorter runs tell.
      """;

  static Options parse(List<String> arguments) {
    int rounds = 3;
    Set<Work> works = EnumSet.allOf(Work.class);
    Set<String> subjects =
        new LinkedHashSet<>(Subjects.all().stream().map(CodecSubject::name).toList());
    Set<String> corpora = new LinkedHashSet<>(Work.DECODE_USE.corpora());
    Path raw = Path.of("target", "bench", "codec.jsonl");
    @Nullable Path report = arguments.isEmpty() ? Path.of("docs", "benchmarks.md") : null;
    boolean measures = true;
    for (String text : arguments) {
      Argument argument = Argument.of(text);
      switch (argument.name()) {
        case "rounds" -> rounds = argument.count();
        case "work" -> works.retainAll(argument.names().stream().map(Work::of).toList());
        case "subjects" ->
            subjects.retainAll(
                argument.names().stream().map(Subjects::named).map(CodecSubject::name).toList());
        case "corpora" -> corpora.retainAll(known(argument.names(), corpora));
        case "raw" -> raw = argument.file();
        case "report" -> report = argument.file();
        case "measure" -> measures = argument.isYes();
        case "short" -> {
          rounds = 1;
          corpora.retainAll(List.of("medium"));
        }
        default ->
            throw new IllegalArgumentException("there is no option '" + text + "'\n\n" + USAGE);
      }
    }
    return new Options(rounds, works, subjects, corpora, raw, report, measures);
  }

  private static List<String> known(List<String> names, Set<String> corpora) {
    for (String name : names) {
      if (!corpora.contains(name)) {
        throw new IllegalArgumentException(
            "there is no corpus '" + name + "'; there are " + corpora);
      }
    }
    return names;
  }
}
