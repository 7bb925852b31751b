package io.stompbox.checks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.codec.FrameWriter;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the codec takes from the heap, as far as peers or the promise of no garbage depend on it.
 */
class AllocationTest {
  private static final int MEBI = 1024 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Frame MESSAGE =
      Frame.of(
              Command.MESSAGE,
              "destination",
              "/queue/kiln:1",
              "message-id",
              "ID:box-1:2\\3",
              "note",
              "caf\u00e9",
              "content-length",
              "1024")
          .with(Body.of("x".repeat(1024)));

  @Test
  void anAnnouncedLengthTakesNothingBeforeItsOctetsCome() {
    byte[] wire = octets("MESSAGE\ncontent-length:" + 60 * MEBI + "\n\n0123456789");

    assertThat(decodingUnfinished(wire)).isLessThan(MEBI);
  }

  @Test
  void aBodyTakesNoMoreThanThreeTimesWhatCame() {
    byte[] head = octets("MESSAGE\ncontent-length:" + 60 * MEBI + "\n\n");
    byte[] wire = new byte[head.length + 8 * MEBI];
    System.arraycopy(head, 0, wire, 0, head.length);

    assertThat(decodingUnfinished(wire)).isLessThan(3L * wire.length);
  }

  @Test
  void aBodyOfWhichMostHasComeIsCopiedOnce() {
    byte[] head = octets("MESSAGE\ncontent-length:" + MEBI + "\n\n");
    byte[] wire = new byte[head.length + MEBI - 1000];
    System.arraycopy(head, 0, wire, 0, head.length);
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(Version.V1_2);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decoder.decode(ByteBuffer.wrap(wire));
    DecodedEvent event = decoder.decode(ByteBuffer.wrap(new byte[1001]));
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(event).isInstanceOf(DecodedEvent.FrameDecoded.class);
    assertThat(taken).isLessThan(MEBI * 3 / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage:of a line\n", "garbage\0", "x", "\0\n", "MESSAGES\n", "a\r"})
  void aQuarterOfAGibibyteOfGarbageTakesNothing(String garbage) {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.RESYNCHRONISING, DecoderLimits.defaults());
    decoder.version(Version.V1_2);
    ByteBuffer input = ByteBuffer.wrap(octets(garbage.repeat(MEBI / garbage.length())));
    decoder.decode(ByteBuffer.wrap(octets("garbage")));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long beats = 0;
    for (int i = 0; i < 256; i++) {
      for (input.clear(); decoder.decode(input) != null; ) {
        beats++;
      }
    }
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    // Heart-beats may stand between garbage; then each stretch of it is told.
    assertThat(taken).isLessThan(MEBI + 512 * beats);
    assertThat(Retained.octets(decoder)).isLessThan(16 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "content-length:1073741824\n"})
  void aStreamedBodyOfAGibibyteIsNeverHeld(String length) {
    FrameDecoder decoder =
        new FrameDecoder(DecoderMode.TOLERANT, DecoderLimits.defaults(), BodyStreaming.above(MEBI));
    decoder.version(Version.V1_2);
    decoder.decode(ByteBuffer.wrap(octets("MESSAGE\n" + length + "\n")));
    ByteBuffer input = ByteBuffer.wrap(octets("x".repeat(MEBI)));
    long total = 0;
    for (int i = 0; i < 1024; i++) {
      input.clear();
      for (DecodedEvent event = decoder.decode(input); event != null; ) {
        total += event instanceof DecodedEvent.BodyChunk chunk ? chunk.octets().size() : 0;
        event = decoder.decode(input);
      }
    }

    assertThat(Retained.octets(decoder)).isLessThan(16 * 1024);
    assertThat(decoder.decode(ByteBuffer.wrap(octets("\0"))))
        .isEqualTo(new DecodedEvent.BodyEnded(total));
    assertThat(total).isEqualTo(1024L * MEBI);
  }

  @Test
  void encodingTheSameHeadersAgainTakesNothing() {
    FrameEncoder encoder = new FrameEncoder(Version.V1_2);
    ByteBuffer heap = ByteBuffer.allocate(encoder.maxSize(MESSAGE));
    ByteBuffer direct = ByteBuffer.allocateDirect(encoder.maxSize(MESSAGE));
    encodeOften(encoder, heap, direct);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    encodeOften(encoder, heap, direct);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken).isLessThan(1024);
  }

  @Test
  void writingHeaderByHeaderTakesNothing() {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    ByteBuffer heap = ByteBuffer.allocate(4096);
    ByteBuffer direct = ByteBuffer.allocateDirect(4096);
    byte[] body = MESSAGE.body().toBytes();
    writeOften(writer, List.of(heap, direct), body);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    writeOften(writer, List.of(heap, direct), body);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken).isLessThan(1024);
  }

  private static void writeOften(FrameWriter writer, List<ByteBuffer> targets, byte[] body) {
    Headers headers = MESSAGE.headers();
    for (int i = 0; i < TIMES; i++) {
      ByteBuffer target = targets.get(i % targets.size()).clear();
      writer.begin(MESSAGE.command(), target);
      for (int k = 0; k < headers.size(); k++) {
        writer.header(headers.name(k), headers.value(k));
      }
      writer.end(body);
    }
  }

  @Test
  void decodingTheSameLayoutAgainTakesLittleMoreThanTheBody() {
    byte[] wire = new FrameEncoder(Version.V1_2).encode(MESSAGE);
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(Version.V1_2);
    decodeOften(decoder, wire);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    decodeOften(decoder, wire);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken / TIMES).isLessThan(MESSAGE.body().size() + 120);
  }

  private static final int TIMES = 1000;

  private static void encodeOften(FrameEncoder encoder, ByteBuffer... targets) {
    for (int i = 0; i < TIMES; i++) {
      for (ByteBuffer target : targets) {
        encoder.encode(MESSAGE, target.clear());
      }
    }
  }

  private static void decodeOften(FrameDecoder decoder, byte[] wire) {
    ByteBuffer input = ByteBuffer.wrap(wire);
    for (int i = 0; i < TIMES; i++) {
      Objects.requireNonNull(decoder.decode(input.clear()));
    }
  }

  /** Returns how much a decoder takes for the start of a frame. */
  private static long decodingUnfinished(byte[] wire) {
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(Version.V1_2);
    ByteBuffer input = ByteBuffer.wrap(wire);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    DecodedEvent event = decoder.decode(input);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(event).isNull();
    assertThat(decoder.isInsideFrame()).isTrue();
    return taken;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
