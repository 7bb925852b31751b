package io.stompbox.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.EncoderOptions.ConnectText;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An input is decisions about an encoder and about frames. */
class EncoderFuzzTest {
  private static final String CONTENT_LENGTH = "content-length";

  private static final List<String> COMMANDS =
      List.of(
          "MESSAGE",
          "SEND",
          "ERROR",
          "SUBSCRIBE",
          "RECEIPT",
          "CONNECTED",
          "CONNECT",
          "STOMP",
          "TELEMETRY");

  private static final int LONGEST = 24;

  /** Octets of the cases, taken for decisions. */
  static Stream<byte[]> decisions() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] octets : CaseOctets.all()) {
      inputs.add(CaseOctets.input(octets, inputs.size(), inputs.size() / 3));
    }
    return inputs.stream();
  }

  @MethodSource("decisions")
  @FuzzTest
  void whatIsNotRefusedComesBack(byte[] input) {
    Choices choices = new Choices(input);
    Version version = choices.of(Version.V1_2, Version.V1_1, Version.V1_0);
    EncoderOptions options = options(choices, version);
    FrameEncoder used = new FrameEncoder(version, options);
    do {
      Frame frame = frame(choices);
      byte[] wire = encoded(new FrameEncoder(version, options), frame);
      assertThat(encoded(used, frame)).isEqualTo(wire);
      if (wire.length > 0) {
        comesBack(frame, version, options, wire);
      }
    } while (!choices.isOver());
  }

  private static EncoderOptions options(Choices choices, Version version) {
    LineEnd lineEnd = choices.of(LineEnd.values());
    return new EncoderOptions(
        version == Version.V1_2 ? lineEnd : LineEnd.LF,
        choices.of(ContentLength.values()),
        choices.of(ConnectText.values()));
  }

  private static Frame frame(Choices choices) {
    Command command = Command.of(choices.of(COMMANDS));
    Headers.Builder headers = Headers.builder();
    for (int i = choices.below(6); i > 0; i--) {
      String name = choices.of("destination", "id", CONTENT_LENGTH, choices.text(LONGEST) + "n");
      headers.add(name, choices.yes() ? choices.text(LONGEST) : Integer.toString(choices.octet()));
    }
    return new Frame(command, headers.build(), Body.of(choices.octets(choices.octet())));
  }

  /** Returns the octets, which must be the same in all kinds of buffers; none if it is refused. */
  private static byte[] encoded(FrameEncoder encoder, Frame frame) {
    int most = encoder.maxSize(frame);
    ByteBuffer heap = ByteBuffer.allocate(most + 2).position(1).slice();
    ByteBuffer direct = DirectMemory.room(most);
    byte[] octets;
    try {
      octets = encoder.encode(frame);
    } catch (IllegalFrameException e) {
      assertThat(e.getMessage()).isNotBlank();
      isRefused(encoder, frame, heap);
      isRefused(encoder, frame, direct);
      return new byte[0];
    }
    encoder.encode(frame, heap);
    encoder.encode(frame, direct);
    assertThat(written(heap)).isEqualTo(octets);
    assertThat(written(direct)).isEqualTo(octets);
    assertThatThrownBy(() -> encoder.encode(frame, ByteBuffer.allocate(octets.length - 1)))
        .isInstanceOf(BufferOverflowException.class);
    return octets;
  }

  private static void isRefused(FrameEncoder encoder, Frame frame, ByteBuffer target) {
    ByteBuffer before = target.duplicate();
    assertThatThrownBy(() -> encoder.encode(frame, target))
        .isInstanceOf(IllegalFrameException.class);
    assertThat(target.position()).isEqualTo(before.position());
    assertThat(target.limit()).isEqualTo(before.limit());
  }

  private static byte[] written(ByteBuffer target) {
    byte[] octets = new byte[target.position()];
    target.get(0, octets);
    return octets;
  }

  private static void comesBack(Frame frame, Version version, EncoderOptions options, byte[] wire) {
    for (DecoderMode mode : List.of(DecoderMode.STRICT, DecoderMode.TOLERANT)) {
      if (hasOneReading(frame, version)) {
        Decoding decoding = Decoding.of(decoder(mode, version), List.of(wire));
        String clean = "at " + wire.length + ", unfinished 0";
        assertThat(decoding.end()).as("in mode %s", mode).isEqualTo(clean);
        assertThat(decoding.frames()).hasSize(1);
        isSame(decoding.frames().get(0), frame, options);
      }
    }
  }

  /**
   * Whether all that read the version must see the same frame. A carriage return that has no escape
   * may count as a part of the line end, and blanks around a value of STOMP 1.0 as padding.
   */
  private static boolean hasOneReading(Frame frame, Version version) {
    for (Header header : frame.headers()) {
      String value = header.value();
      boolean padded =
          value.isEmpty() || isPadding(value, 0) || isPadding(value, value.length() - 1);
      boolean returns = (header.name() + value).indexOf('\r') >= 0;
      if ((returns && version != Version.V1_2) || (padded && version == Version.V1_0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPadding(String value, int index) {
    return value.charAt(index) == ' ' || value.charAt(index) == '\t';
  }

  private static FrameDecoder decoder(DecoderMode mode, Version version) {
    FrameDecoder decoder = new FrameDecoder(mode, DecoderLimits.defaults());
    decoder.version(version);
    return decoder;
  }

  private static void isSame(Frame back, Frame frame, EncoderOptions options) {
    assertThat(back.command()).isEqualTo(frame.command());
    assertThat(back.body()).isEqualTo(frame.body());
    assertThat(back.headers().values(CONTENT_LENGTH)).isEqualTo(lengths(frame, options));
    if (!isEscapedBeforeTheVersion(frame, options)) {
      assertThat(others(back)).isEqualTo(others(frame));
    }
  }

  private static List<String> lengths(Frame frame, EncoderOptions options) {
    boolean asked = frame.headers().has(CONTENT_LENGTH) || !frame.body().isEmpty();
    return asked && options.contentLength() == ContentLength.AUTOMATIC
        ? List.of(Integer.toString(frame.body().size()))
        : List.of();
  }

  private static Headers others(Frame frame) {
    return frame.headers().toBuilder().remove(CONTENT_LENGTH).build();
  }

  /** Decoders take CONNECT as it is, as the specification wants. */
  private static boolean isEscapedBeforeTheVersion(Frame frame, EncoderOptions options) {
    return options.connectText() == ConnectText.ESCAPED
        && Arrays.asList(Command.CONNECT, Command.STOMP).contains(frame.command());
  }
}
