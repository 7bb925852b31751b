package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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

  static final String USAGE =
      """
      usage: ./check bench [--full] [OPTION=VALUE]...

      Measures whole clients beside their peers over loopback: what the numbers to hold are about, two
      rounds, some ten minutes.

        --full               every scenario, three rounds; takes more than an hour
        rounds=2             JVMs for each figure
        seconds=0.7          of each of the three repetitions in a JVM
        scenarios=A,B        %s
        subjects=A,B         %s
        brokers=A,B          activemq and artemis are started, NAME:PORT runs already on this
                             machine, as rabbitmq:61613; none, with --full activemq,artemis
        raw=FILE             raw results as JSON lines; target/bench/clients.jsonl
        report=FILE          the document whose figures are written anew; docs/benchmarks.md
        html=FILE            the page with charts; target/bench/clients.html
        measure=no           make the reports from the raw results that are there

      Paths start at the folder of the project.
      """
          .formatted(
              String.join(", ", Scenario.ALL.stream().map(Scenario::name).toList()),
              String.join(", ", Subjects.all().stream().map(ClientSubject::name).toList()));

  static Options parse(List<String> arguments) {
    boolean isFull = arguments.contains("--full");
    int rounds = isFull ? 3 : 2;
    double seconds = 0.7;
    List<Scenario> scenarios = isFull ? Scenario.ALL : SHORT.stream().map(Scenario::named).toList();
    List<ClientSubject> subjects = Subjects.all();
    List<String> brokers = isFull ? List.of("activemq", "artemis") : List.of();
    Path raw = Path.of("target", "bench", "clients.jsonl");
    Path report = Path.of("docs", "benchmarks.md");
    Path html = Path.of("target", "bench", "clients.html");
    boolean measures = true;
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      switch (parts[0]) {
        case "--full" -> {}
        case "rounds" -> rounds = Integer.parseInt(value);
        case "seconds" -> seconds = Double.parseDouble(value);
        case "scenarios" -> scenarios = list(value).stream().map(Scenario::named).toList();
        case "subjects" -> subjects = list(value).stream().map(Subjects::named).toList();
        case "brokers" -> brokers = list(value);
        case "raw" -> raw = Path.of(value);
        case "report" -> report = Path.of(value);
        case "html" -> html = Path.of(value);
        case "measure" -> measures = !value.equals("no");
        default ->
            throw new IllegalArgumentException("there is no option '" + argument + "'\n\n" + USAGE);
      }
    }
    return new Options(rounds, seconds, scenarios, subjects, brokers, raw, report, html, measures);
  }

  private static List<String> list(String value) {
    return Arrays.asList(value.split(","));
  }
}
