package io.stompbox.checks.kills;

import io.stompbox.checks.matrix.MatrixMain;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Kills brokers while clients work with them, prints a line for each run and the total. The exit
 * code is 0 if every promise held, 1 if one did not, 2 if the arguments can't be understood. With
 * {@code matrix} as its first argument it is {@link MatrixMain} with the others.
 */
public final class SoakMain {
  private final PrintStream out;

  SoakMain(PrintStream out) {
    this.out = out;
  }

  /** Takes the arguments of {@link SoakOptions#USAGE}. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(new SoakMain(System.out).run(List.of(args)));
  }

  int run(List<String> arguments) throws InterruptedException {
    if (!arguments.isEmpty() && arguments.get(0).equals("matrix")) {
      return MatrixMain.run(arguments.subList(1, arguments.size()), out);
    }
    if (arguments.equals(List.of("help"))) {
      out.println(SoakOptions.USAGE);
      return 0;
    }
    try {
      return run(SoakOptions.parse(arguments, ThreadLocalRandom.current().nextInt(1_000_000)));
    } catch (IllegalArgumentException e) {
      out.println("soak: " + e.getMessage() + "\n" + SoakOptions.USAGE);
      return 2;
    }
  }

  private int run(SoakOptions options) throws InterruptedException {
    Load load = options.load();
    out.println(
        "soak: "
            + load.messages()
            + " messages and "
            + load.kills()
            + " kills a run; --seed "
            + load.seed()
            + " repeats their moments");
    List<Report> reports = new ArrayList<>();
    for (KilledBroker broker : options.brokers()) {
      if (!broker.isInstalled()) {
        out.println(broker + ": skipped, it is not installed");
        continue;
      }
      for (Traffic traffic : options.traffic()) {
        reports.add(report(broker, traffic, load));
      }
    }
    Report total = Report.total(reports);
    out.println(total);
    return total.broken().isEmpty() ? 0 : 1;
  }

  /** A run that can't go on is a promise that did not hold. */
  private Report report(KilledBroker broker, Traffic traffic, Load load)
      throws InterruptedException {
    Report report;
    try {
      report = traffic.run(broker, load);
    } catch (RuntimeException | AssertionError e) {
      e.printStackTrace(out);
      report = new Report(broker + ", " + traffic.text()).broke(e.toString());
    }
    out.println(report);
    return report;
  }
}
