package io.stompbox.checks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.management.ThreadMXBean;
import io.stompbox.checks.matrix.Fault;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit for what a broker sends, as a client has it unless it is told otherwise. */
@Tag(Fault.TAG)
class LimitsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int KIB = 1024;
  private static final int MIB = KIB * KIB;
  private static final int PIECE = 8 * KIB;

  /** What is kept while a frame is read, and copied when its buffer grows. */
  private static final long MOST_ALLOCATED = 16L * MIB;

  /** So that bodies at their limit don't take a minute. */
  private static final DecoderLimits LIMITS = DecoderLimits.defaults().withBody(MIB);

  /** A frame that has as much of something as it is asked for. */
  private record Sized(boolean isHandshake, IntFunction<String> frame) {}

  static Stream<Arguments> limits() {
    return Stream.of(
        Arguments.of(
            "command", 64, ProtocolException.Fault.LIMIT_LINE, sized(n -> x(n) + "\n\n\0")),
        Arguments.of(
            "header line",
            128 * KIB,
            ProtocolException.Fault.LIMIT_LINE,
            sized(n -> "MESSAGE\na:" + x(n - 2) + "\n\n\0")),
        Arguments.of(
            "number of headers",
            KIB,
            ProtocolException.Fault.LIMIT_HEADERS,
            sized(n -> "MESSAGE\n" + "a:b\n".repeat(n) + "\n\0")),
        Arguments.of(
            "octets of headers",
            MIB,
            ProtocolException.Fault.LIMIT_HEADERS,
            sized(n -> "MESSAGE\n" + headers(n) + "\n\0")),
        Arguments.of(
            "body without a length",
            MIB,
            ProtocolException.Fault.LIMIT_BODY,
            sized(n -> "MESSAGE\n\n" + x(n) + "\0")),
        Arguments.of(
            "body with a length",
            MIB,
            ProtocolException.Fault.LIMIT_BODY,
            sized(n -> "MESSAGE\ncontent-length:" + n + "\n\n" + x(n) + "\0")),
        Arguments.of(
            "headers before the version is known",
            64 * KIB,
            ProtocolException.Fault.LIMIT_HEADERS,
            new Sized(true, n -> "CONNECTED\n" + headers(n) + "\n\0")),
        Arguments.of(
            "body before the version is known",
            64 * KIB,
            ProtocolException.Fault.LIMIT_BODY,
            new Sized(true, n -> "ERROR\n\n" + x(n) + "\0")));
  }

  private static Sized sized(IntFunction<String> frame) {
    return new Sized(false, frame);
  }

  private static String x(int number) {
    return "x".repeat(number);
  }

  /** As many lines as it takes, none of them long, with so many octets together. */
  private static String headers(int octets) {
    int line = 10 * KIB;
    int last = octets - line * (octets / line - 1);
    return ("a:" + x(line - 3) + "\n").repeat(octets / line - 1) + "b:" + x(last - 3) + "\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void whatIsWithinALimitIsReadAndOneMoreIsAFault(
      String what, int limit, ProtocolException.Fault fault, Sized of) {
    assertThat(frames(of, limit - 1)).isEqualTo(1);
    assertThat(frames(of, limit)).isEqualTo(1);
    assertThatThrownBy(() -> frames(of, limit + 1))
        .asInstanceOf(type(ProtocolException.class))
        .extracting(ProtocolException::fault)
        .isEqualTo(fault);
  }

  private static int frames(Sized of, int size) {
    byte[] wire = of.frame().apply(size).getBytes(US_ASCII);
    FrameDecoder decoder = decoder(of.isHandshake());
    int frames = 0;
    for (int from = 0; from < wire.length; from += PIECE) {
      ByteBuffer piece = ByteBuffer.wrap(wire, from, Math.min(PIECE, wire.length - from));
      for (var event = decoder.decode(piece); event != null; event = decoder.decode(piece)) {
        frames += event instanceof DecodedEvent.FrameDecoded ? 1 : 0;
      }
    }
    return frames;
  }

  private static FrameDecoder decoder(boolean isHandshake) {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, LIMITS);
    if (!isHandshake) {
      decoder.version(Version.V1_2);
    }
    return decoder;
  }

  /** What a hostile broker could go on with for ever. */
  static Stream<Arguments> endless() {
    return Stream.of(
        Arguments.of("a command", "", "A"),
        Arguments.of("a header line", "MESSAGE\n", "a"),
        Arguments.of("a header's value", "MESSAGE\na:", "b"),
        Arguments.of("headers", "MESSAGE\n", "a:b\n"),
        Arguments.of("a body", "MESSAGE\n\n", "b"),
        Arguments.of("a body with a lying length", "MESSAGE\ncontent-length:9999\n\n", "b"),
        Arguments.of("bodies with no end", "MESSAGE\ncontent-length:99999999999\n\n", "b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endless")
  void whatHasNoEndIsAFaultBeforeItFillsTheMemory(String what, String start, String more) {
    byte[] first = start.getBytes(US_ASCII);
    byte[] piece = more.repeat(PIECE / more.length()).getBytes(US_ASCII);
    FrameDecoder decoder = decoder(false);
    long before = THREADS.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> feed(decoder, first, piece)).isInstanceOf(ProtocolException.class);

    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
  }

  /** Ten million headers of four octets, if nothing ends it before. */
  private static void feed(FrameDecoder decoder, byte[] first, byte[] piece) {
    decoder.decode(ByteBuffer.wrap(first));
    for (int fed = 0; fed < 40_000_000; fed += piece.length) {
      ByteBuffer octets = ByteBuffer.wrap(piece);
      while (octets.hasRemaining()) {
        decoder.decode(octets);
      }
    }
  }
}
