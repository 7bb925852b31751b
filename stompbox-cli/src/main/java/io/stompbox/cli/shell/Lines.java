package io.stompbox.cli.shell;

import org.jspecify.annotations.Nullable;

/** Where lines come from. */
interface Lines {
  /**
   * Waits for the next line.
   *
   * @return null at the end
   * @throws InterruptedException if the thread is interrupted
   */
  @Nullable String next() throws InterruptedException;

  /** Where the last line stood, as a mistake in it begins; empty where that is seen. */
  String place();

  /** Whether what interrupts a command leaves the others to come. */
  boolean survivesInterrupts();
}
