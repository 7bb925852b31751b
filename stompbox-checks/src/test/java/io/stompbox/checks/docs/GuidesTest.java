package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/sending.md, docs/receiving.md and docs/options.md. */
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
  void theProgramWhoseBrokerTakesMoreThanOthersOfItsKind() throws Exception {
    Program reports = new Guide("options.md").compile(folder, "Reports");

    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:RabbitMQ/4.3.0\n\n^@");
            peer.receiptFor(peer.expect("SEND"));
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      reports.run(broker.uri());

      broker.assertScriptsDone();
    }
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
