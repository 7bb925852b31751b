package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.codec.EncoderOptions.ConnectText;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the settings of the codec allow, and that each of them can be changed alone. */
class CodecOptionsTest {
  static Stream<Arguments> tooSmall() {
    return Stream.of(
        refused("commandLine must be at least 1: 0", () -> new DecoderLimits(0, 1, 0, 0, 0, 1)),
        refused("headerLine must be at least 1: 0", () -> new DecoderLimits(1, 0, 0, 0, 0, 1)),
        refused("headers must be at least 0: -1", () -> new DecoderLimits(1, 1, -1, 0, 0, 1)),
        refused("headerOctets must be at least 0: -1", () -> new DecoderLimits(1, 1, 0, -1, 0, 1)),
        refused("body must be at least 0: -1", () -> new DecoderLimits(1, 1, 0, 0, -1, 1)),
        refused("handshakeFrame must be at least 1: 0", () -> new DecoderLimits(1, 1, 0, 0, 0, 0)),
        refused("above must not be negative: -1", () -> BodyStreaming.above(-1)),
        refused(
            "most must be at least above, which is 5: 4",
            () -> BodyStreaming.above(5).withMost(4)));
  }

  private static Arguments refused(String message, ThrowingCallable made) {
    return Arguments.of(message, made);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tooSmall")
  void whatWouldLetNothingThroughIsRefused(String message, ThrowingCallable made) {
    assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void theSmallestSettingsAreAllowed() {
    assertThatCode(() -> new DecoderLimits(1, 1, 0, 0, 0, 1)).doesNotThrowAnyException();
    assertThatCode(() -> BodyStreaming.above(0).withMost(0)).doesNotThrowAnyException();
  }

  @Test
  void eachLimitChangesAlone() {
    DecoderLimits limits = new DecoderLimits(1, 2, 3, 4, 5, 6);

    assertThat(limits.withLine(9)).isEqualTo(new DecoderLimits(9, 9, 3, 4, 5, 6));
    assertThat(limits.withHeaders(9)).isEqualTo(new DecoderLimits(1, 2, 9, 4, 5, 6));
    assertThat(limits.withBody(9)).isEqualTo(new DecoderLimits(1, 2, 3, 4, 9, 6));
    assertThat(BodyStreaming.above(7).withMost(8)).isEqualTo(new BodyStreaming(7, 8));
  }

  @Test
  void aHandshakeHasTheSmallerOfBothLimits() {
    assertThat(new DecoderLimits(1, 2, 3, 40, 50, 6).duringHandshake())
        .isEqualTo(new DecoderLimits(1, 2, 3, 6, 6, 6));
    assertThat(new DecoderLimits(1, 2, 3, 4, 5, 6).duringHandshake())
        .isEqualTo(new DecoderLimits(1, 2, 3, 4, 5, 6));
  }

  @Test
  void eachOptionOfTheEncoderChangesAlone() {
    EncoderOptions options = EncoderOptions.defaults();

    assertThat(options)
        .isEqualTo(new EncoderOptions(LineEnd.LF, ContentLength.AUTOMATIC, ConnectText.RAW));
    assertThat(options.with(LineEnd.CRLF))
        .isEqualTo(new EncoderOptions(LineEnd.CRLF, ContentLength.AUTOMATIC, ConnectText.RAW));
    assertThat(options.with(ContentLength.OMITTED))
        .isEqualTo(new EncoderOptions(LineEnd.LF, ContentLength.OMITTED, ConnectText.RAW));
    assertThat(options.with(ConnectText.ESCAPED))
        .isEqualTo(new EncoderOptions(LineEnd.LF, ContentLength.AUTOMATIC, ConnectText.ESCAPED));
  }
}
