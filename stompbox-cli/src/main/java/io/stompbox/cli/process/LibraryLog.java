package io.stompbox.cli.process;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the library logs. It is for programs: a command says by itself what its user should know.
 */
public final class LibraryLog {
  /** Held here, as a logger that nobody holds forgets its level. */
  private static final Logger LOGGER = Logger.getLogger("io.stompbox");

  /** What Java's own settings say; null by default. */
  private static final @Nullable Level CONFIGURED = LOGGER.getLevel();

  private LibraryLog() {}

  /** Has it written as Java's settings say, by default to standard error, or not at all. */
  public static void show(boolean isWanted) {
    LOGGER.setLevel(isWanted ? CONFIGURED : Level.OFF);
  }
}
