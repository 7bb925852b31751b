package io.stompbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScriptedBrokerTest {
  @Test
  void whoIsServedAfterItWasClosedIsLeftAtOnce() throws Exception {
    ScriptedBroker broker = ScriptedBroker.start().otherwise(peer -> {});
    broker.close();

    try (MemoryConnection late = broker.connectInMemory()) {
      CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> first(late.input()));
      assertThat(read).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(-1);
    }
  }

  private static int first(InputStream input) {
    try {
      return input.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
