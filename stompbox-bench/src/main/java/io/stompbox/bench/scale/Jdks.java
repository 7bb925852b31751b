package io.stompbox.bench.scale;

import io.stompbox.bench.scale.ScaleRun.Needs;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDKs that runs may have.
 *
 * @param newest what stands for the newest of them
 * @param all that which runs this first
 */
record Jdks(Jdk newest, List<Jdk> all) {
  Jdks {
    all = List.copyOf(all);
  }

  /** Takes the named one for the newest, if one is named. */
  static Jdks of(Jdk running, Optional<Jdk> named, List<Jdk> installed) {
    List<Jdk> all =
        Stream.of(Stream.of(running), named.stream(), installed.stream())
            .flatMap(jdks -> jdks)
            .distinct()
            .toList();
    Jdk newest = all.stream().max(Comparator.comparing(Jdk::feature)).orElse(running);
    return new Jdks(named.orElse(newest), all);
  }

  /** Returns the one that a run should have; empty if there is none. */
  Optional<Jdk> suiting(Needs needs) {
    return switch (needs) {
      case NEWEST -> Optional.of(newest);
      case VIRTUAL_THREADS -> Optional.of(newest).filter(Jdk::hasVirtualThreads);
      case JDK_17 -> all.stream().filter(jdk -> jdk.feature() == 17).findFirst();
    };
  }

  /** Says why {@link #suiting} has none. */
  String lack(Needs needs) {
    List<Jdk> there = needs == Needs.JDK_17 ? all : List.of(newest);
    return "it needs "
        + needs
        + ", and there is only "
        + there.stream().map(Jdk::toString).collect(Collectors.joining(", "))
        + "; name one with --jdk";
  }
}
