package io.stompbox.cli.demo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a demo has shown what it is there to show.
 *
 * @param faults what speaks against it, a sentence each
 */
record DemoVerdict(List<String> faults) {
  DemoVerdict {
    faults = List.copyOf(faults);
  }

  /** Judges by what was counted and seen; {@code wanted} is how many messages there should be. */
  static DemoVerdict of(int wanted, DemoTally tally, Set<DemoStep> seen) {
    List<String> faults = new ArrayList<>();
    if (tally.sent() != wanted) {
      faults.add(share(wanted - tally.sent(), wanted) + " never sent");
    }
    if (tally.confirmed() != tally.sent()) {
      faults.add(share(tally.sent() - tally.confirmed(), tally.sent()) + " not confirmed");
    }
    if (tally.lost() != 0) {
      faults.add(share(tally.lost(), tally.sent()) + " lost");
    }
    Set<DemoStep> missing = EnumSet.allOf(DemoStep.class);
    missing.removeAll(seen);
    if (!missing.isEmpty()) {
      faults.add(
          missing.stream()
              .map(DemoStep::title)
              .collect(Collectors.joining(", ", "not seen: ", "")));
    }
    return new DemoVerdict(faults);
  }

  private static String share(int some, int all) {
    return String.format(Locale.ROOT, "%,d of %,d messages", some, all);
  }

  boolean isPassed() {
    return faults.isEmpty();
  }
}
