package io.stompbox.bench.scale;

import io.stompbox.bench.report.Machine;

/** One measurement in this JVM. Arguments: run, round, n, port. Prints figures as lines of JSON. */
public final class MeasuredScaleMain {
  /** The figure that ends all measurements. */
  static final String LAST = "other processes had";

  private MeasuredScaleMain() {}

  /** Ends the JVM: 0, or 1 if the measurement failed. */
  public static void main(String[] arguments) {
    int code = 0;
    try {
      ScaleRun run = ScaleRun.valueOf(arguments[0]);
      Measuring to =
          new Measuring(run.title(), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
      Machine.Time before = Machine.now();
      run.create().measure(to, Integer.parseInt(arguments[3]));
      to.print(LAST, 100 * Machine.now().othersSince(before), "%");
    } catch (Throwable e) {
      e.printStackTrace();
      code = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
