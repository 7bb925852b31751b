package io.stompbox.cli.shell;

import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** Remembers what was typed, but for lines with a secret in a header. */
final class TypedLines extends DefaultHistory {
  @Override
  public void add(Instant time, String line) {
    if (!Arguments.hasSecret(line)) {
      super.add(time, line);
    }
  }
}
