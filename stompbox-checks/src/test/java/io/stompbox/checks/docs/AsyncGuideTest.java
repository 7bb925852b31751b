package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/async.md. */
class AsyncGuideTest {
  private static final Guide GUIDE = new Guide("async.md");

  @TempDir private Path folder;

  @Test
  void theProgramOfStagesStoresSendsAndArchives() throws Exception {
    Program invoices = GUIDE.compile(folder, "Invoices");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(invoices.run(broker.uri()).lines())
          .containsExactly("stored: invoice 1", "confirmed: 1");
    }
  }

  @Test
  void theProgramOfStreamsTakesAndGivesMessagesByEachLibrary() throws Exception {
    Program streams = GUIDE.compile(folder, "Streams");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(streams.run(broker.uri()).lines())
          .containsExactly("hello reactor", "hello rxjava", "hello mutiny");
    }
  }
}
