package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LibraryLogTest {
  private static final System.Logger LIBRARY = System.getLogger("io.stompbox.client");

  @Test
  void isWrittenOnlyIfWanted() {
    Lines lines = new Lines();
    Logger root = Logger.getLogger("");
    root.addHandler(lines);
    try {
      LibraryLog.show(true);
      LIBRARY.log(System.Logger.Level.WARNING, "shown");
      LibraryLog.show(false);
      LIBRARY.log(System.Logger.Level.ERROR, "hidden");
    } finally {
      root.removeHandler(lines);
    }

    assertThat(lines.told).containsExactly("shown");
  }

  private static final class Lines extends Handler {
    private final List<String> told = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      told.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
