package io.stompbox.cli.process;

import java.util.Locale;

/** Numbers of octets as people read them. */
public final class Octets {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  private Octets() {}

  /** Returns for example {@code 8 B}, {@code 1.5 KiB} or {@code 20.0 MiB}. */
  public static String text(long octets) {
    if (octets < KIB) {
      return octets + " B";
    }
    return octets < MIB
        ? String.format(Locale.ROOT, "%.1f KiB", (double) octets / KIB)
        : String.format(Locale.ROOT, "%.1f MiB", (double) octets / MIB);
  }
}
