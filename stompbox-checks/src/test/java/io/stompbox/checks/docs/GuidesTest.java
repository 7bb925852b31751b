package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/sending.md and docs/receiving.md. */
class GuidesTest {
  @TempDir private Path folder;

  @Test
  void theProgramThatSendsAsksAndMoves() throws Exception {
    Program shop = new Guide("sending.md").compile(folder, "Shop");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(shop.run(broker.uri()).lines()).containsExactly("apple: 3", "5 of apple");
    }
  }

  @Test
  void theProgramThatSendsAFileAndReceivesIt() throws Exception {
    Program archive = new Guide("sending.md").compile(folder, "Archive");
    byte[] octets = new byte[2_000_000];
    new Random(19).nextBytes(octets);
    Path file = Files.write(folder.resolve("large"), octets);
    Path copy = folder.resolve("copy");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(archive.run(broker.uri(), file.toString(), copy.toString()).lines())
          .containsExactly("2000000 octets, copied 2000000");
    }
    assertThat(copy).hasBinaryContent(octets);
  }

  @Test
  void theProgramThatBrowsesPullsAndLoops() throws Exception {
    Program desk = new Guide("receiving.md").compile(folder, "Desk");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(desk.run(broker.uri()).lines())
          .containsExactly("there is first", "there is second", "took first", "found parcel");
    }
  }
}
