package io.stompbox.cli.process;

/** How a command talks to people; known once the arguments were read. Safe to share. */
public final class Manner {
  /** When text has colours. */
  public enum Colours {
    /** Where a person looks at it who has not said otherwise by NO_COLOR or TERM. */
    AUTO,
    ALWAYS,
    NEVER
  }

  private volatile boolean quiet;
  private volatile Colours colours = Colours.AUTO;

  /** Says nothing from now on but failures. */
  public void beQuiet() {
    quiet = true;
  }

  /** Whether nothing is said but failures. */
  public boolean isQuiet() {
    return quiet;
  }

  /** Sets when text has colours. */
  public void colours(Colours wanted) {
    colours = wanted;
  }

  Colours colours() {
    return colours;
  }
}
