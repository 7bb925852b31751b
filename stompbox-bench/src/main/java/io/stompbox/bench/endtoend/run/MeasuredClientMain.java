package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.bench.report.JsonLines;

/**
 * One client and one scenario in this JVM: warms up, measures, prints a {@link Sample} as a line of
 * JSON.
 *
 * <p>Arguments: scenario, subject, round, seconds of a repetition, kind of endpoint, port, the file
 * to trust, empty without TLS, process of the endpoint.
 */
public final class MeasuredClientMain {
  private MeasuredClientMain() {}

  /** Ends the JVM, whatever threads the library has left: 0, or 1 if the scenario failed. */
  public static void main(String[] arguments) {
    int code = 0;
    try {
      Scenario scenario = Scenario.named(arguments[0]);
      int port = Integer.parseInt(arguments[5]);
      long pid = Long.parseLong(arguments[7]);
      Endpoint endpoint = new Endpoint(arguments[4], port, arguments[6], pid);
      double seconds = Double.parseDouble(arguments[3]);
      try (Run run = Subjects.named(arguments[1]).start(scenario, endpoint)) {
        Stopwatch stopwatch = new Stopwatch(run, seconds);
        long round = Long.parseLong(arguments[2]);
        Sample sample = stopwatch.measure(scenario, endpoint, arguments[1], round);
        System.out.println(new JsonLines<>(Sample.class).line(sample));
      }
    } catch (Exception e) {
      e.printStackTrace();
      code = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
