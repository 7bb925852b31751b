package io.stompbox.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyWriterTest {
  private final List<String> written = new ArrayList<>();
  private final BodyWriter writer =
      new BodyWriter(
          Version.V1_2, (octets, length) -> written.add(new String(octets, 0, length, ISO_8859_1)));

  private void write(BodySource source) throws Exception {
    String length = Long.toString(source.length());
    Frame head = Frame.of(Command.SEND, "destination", "/queue/a", "content-length", length);
    writer.write(Outbound.plain(head).source(source), FrameLimits.NONE, begun -> {});
  }

  /** What a source gives slowly is a sign of life, octet by octet. */
  @Test
  void eachPieceIsWrittenBeforeTheNextIsRead() throws Exception {
    InputStream slow =
        InPieces.octetByOctet(
            count -> {
              assertThat(written).hasSize(count);
              return count < 2 ? 'a' + count : -1;
            });

    write(new BodySource(2, () -> slow));

    assertThat(written)
        .containsExactly("SEND\ndestination:/queue/a\ncontent-length:2\n\na", "b", "\0");
  }

  @Test
  void whatClosingThrowsIsNoFaultOfWhatWasRead() throws Exception {
    InputStream unclosable =
        new ByteArrayInputStream(new byte[] {'a'}) {
          @Override
          public void close() {
            throw new AssertionError("on purpose");
          }
        };

    write(new BodySource(1, () -> unclosable));

    assertThat(written).last().isEqualTo("\0");
  }

  @Test
  void aStreamThatIsBeingClosedIsInterruptedWhenTheConnectionEnds() throws Exception {
    SourceReading reading = new SourceReading();
    CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
    InputStream slow =
        new ByteArrayInputStream(new byte[] {'a'}) {
          @Override
          public void close() {
            reading.abort();
            isInterrupted.complete(Thread.interrupted());
          }
        };
    try (BodyInput input = new BodyInput(new BodySource(1, () -> slow), reading)) {
      assertThat(input.next()).isEqualTo(1);
    }

    assertThat(isInterrupted).isCompletedWithValue(true);
  }

  /** What the writer throws otherwise ends each connection that the message is sent on. */
  @Test
  void aStreamThatClaimsMoreThanItWasAskedForIsAFaultOfTheSource() {
    InputStream boasting = InPieces.claiming(length -> length + 1);

    assertThatExceptionOfType(BodyFailure.class)
        .isThrownBy(() -> write(new BodySource(1_000_000, () -> boasting)))
        .withMessageContaining("says it has read 65537 of 65536");
    assertThat(writer.isBegun()).isFalse();
  }

  @Test
  void aStreamThatGivesNothingForEverHasFailed() {
    AtomicInteger reads = new AtomicInteger();
    InputStream empty =
        InPieces.claiming(
            length -> {
              assertThat(reads.incrementAndGet()).isLessThan(1_000_000);
              return 0;
            });

    assertThatExceptionOfType(BodyFailure.class)
        .isThrownBy(() -> write(new BodySource(1, () -> empty)))
        .withMessageContaining("failed after 0 of 1 octet")
        .withMessageContaining("returned 0 octets 1000 times in a row; it must wait");
    assertThat(reads).hasValue(1000);
    assertThat(writer.isBegun()).isFalse();
  }

  @Test
  void nothingIsReadOnceItIsAborted() {
    writer.abort();

    assertThatExceptionOfType(BodyFailure.class)
        .isThrownBy(() -> write(new BodySource(0, InputStream::nullInputStream)));
    assertThat(written).isEmpty();
    assertThat(writer.isBegun()).isFalse();
  }
}
