package io.stompbox.bench.scale;

/** One measurement in this JVM. Arguments: run, round, n, port. Prints figures as lines of JSON. */
public final class MeasuredScaleMain {
  private MeasuredScaleMain() {}

  /** Ends the JVM: 0, or 1 if the measurement failed. */
  public static void main(String[] arguments) {
    int code = 0;
    try {
      ScaleRun run = ScaleRun.valueOf(arguments[0]);
      Measuring to =
          new Measuring(run.title(), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
      run.create().measure(to, Integer.parseInt(arguments[3]));
    } catch (Throwable e) {
      e.printStackTrace();
      code = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
