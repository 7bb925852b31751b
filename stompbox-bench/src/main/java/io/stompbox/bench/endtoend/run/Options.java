package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.bench.report.Argument;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What to run.
 *
 * @param rounds JVMs for each figure
 * @param seconds of each repetition
 * @param brokers whom clients talk to besides the scripted peer
 * @param raw where each sample goes
 * @param report the document whose figures are written anew
 * @param html the page with the charts
 * @param measures false to make the reports from raw results that are there
 */
record Options(
    int rounds,
    double seconds,
    List<Scenario> scenarios,
    List<ClientSubject> subjects,
    List<String> brokers,
    Path raw,
    Path report,
    Path html,
    boolean measures) {
  private static final List<String> SHORT =
      List.of("send-100", "confirm-1k-1000", "receive-100", "receive-1k-ack", "ping-pong");

  /** Figures of a part of it all replace none of the whole. */
  static final Path REPORT_OF_A_PART = Path.of("target", "bench", "clients.md");

  private static final int A_LINE = 4;
  private static final String INDENT = "\n" + " ".repeat(23);

  /** Brokers that {@link Peers} starts. */
  static final List<String> BROKERS = List.of("activemq", "artemis", "rabbitmq");

  static final String USAGE =
      """
      usage: ./check bench [--full] [OPTION=VALUE]...

      Measures whole clients beside their peers over loopback: what the numbers to hold are about, with
      all peers, two rounds. That takes ten minutes on two cores with nothing else to do.

        --full               every scenario, three rounds, brokers too; 70 minutes
        rounds=2             JVMs for each figure
        seconds=0.7          of each of the three repetitions in a JVM
        scenarios=A,B        some of:
                             @SCENARIOS@
        subjects=A,B         some of:
                             @SUBJECTS@
        brokers=A,B          activemq and artemis are started, and rabbitmq where Debian's package is
                             installed; NAME:PORT runs already on this machine; clients do
                             @BROKER_SCENARIOS@ with them;
                             none unless given, with --full all three
        raw=FILE             raw results as JSON lines; target/bench/clients.jsonl
        report=FILE          the document whose figures are written anew; docs/benchmarks.md, or
                             target/bench/clients.md, which is made, with scenarios= or subjects=
        html=FILE            the page with charts; target/bench/clients.html
        measure=no           make the reports from the raw results that are there

      Paths start at the folder of the project.
      """
          .replace("@SCENARIOS@", names(Scenario.ALL.stream().map(Scenario::name)))
          .replace("@SUBJECTS@", names(Subjects.all().stream().map(ClientSubject::name)))
          .replace(
              "@BROKER_SCENARIOS@",
              names(Scenario.ALL.stream().filter(Scenario::isForBrokers).map(Scenario::name)));

  /** Some on each line. */
  private static String names(Stream<String> names) {
    List<String> all = names.toList();
    return IntStream.range(0, all.size())
        .mapToObj(i -> i == 0 ? all.get(i) : (i % A_LINE == 0 ? INDENT : " ") + all.get(i))
        .collect(Collectors.joining(","));
  }

  /**
   * Takes arguments apart.
   *
   * @throws IllegalArgumentException if one of them means nothing; the message says why
   */
  static Options parse(List<String> arguments) {
    boolean isFull = arguments.contains("--full");
    int rounds = isFull ? 3 : 2;
    double seconds = 0.7;
    List<Scenario> scenarios = isFull ? Scenario.ALL : SHORT.stream().map(Scenario::named).toList();
    List<ClientSubject> subjects = Subjects.all();
    List<String> brokers = isFull ? BROKERS : List.of();
    Path raw = Path.of("target", "bench", "clients.jsonl");
    Path report =
        arguments.stream().anyMatch(Options::isSelection)
            ? REPORT_OF_A_PART
            : Path.of("docs", "benchmarks.md");
    Path html = Path.of("target", "bench", "clients.html");
    boolean measures = true;
    for (String text : arguments) {
      Argument argument = Argument.of(text);
      switch (argument.name()) {
        case "--full" -> {}
        case "rounds" -> rounds = argument.count();
        case "seconds" -> seconds = argument.seconds();
        case "scenarios" -> scenarios = argument.names().stream().map(Scenario::named).toList();
        case "subjects" -> subjects = argument.names().stream().map(Subjects::named).toList();
        case "brokers" -> brokers = known(argument.names());
        case "raw" -> raw = argument.file();
        case "report" -> report = argument.file();
        case "html" -> html = argument.file();
        case "measure" -> measures = argument.isYes();
        default ->
            throw new IllegalArgumentException("there is no option '" + text + "'\n\n" + USAGE);
      }
    }
    return new Options(rounds, seconds, scenarios, subjects, brokers, raw, report, html, measures);
  }

  private static boolean isSelection(String argument) {
    return argument.startsWith("scenarios=") || argument.startsWith("subjects=");
  }

  private static List<String> known(List<String> brokers) {
    for (String broker : brokers) {
      if (!BROKERS.contains(broker) && !broker.matches("[a-z]+:[1-9][0-9]{0,4}")) {
        throw new IllegalArgumentException(
            "there is no broker '" + broker + "'; there are " + BROKERS + " and NAME:PORT");
      }
    }
    return brokers;
  }
}
