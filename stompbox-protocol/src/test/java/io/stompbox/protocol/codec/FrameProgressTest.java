package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameProgressTest {
  private final FrameDecoder decoder = new FrameDecoder();

  /** Ten octets in a hundred nanoseconds. */
  private final FrameProgress progress = new FrameProgress(10, Duration.ofNanos(100));

  @BeforeEach
  void agreeOnAVersion() {
    decoder.version(Version.V1_2);
  }

  @Test
  void thereIsNoHurryBetweenFrames() {
    assertThat(progress.nanosLeft(Long.MIN_VALUE)).isEqualTo(Long.MAX_VALUE);
    read("\n", 0);
    assertThat(progress.nanosLeft(1_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFrameMustGoOnOrEndWithinThePeriod() {
    read("SEND\n", 1_000);
    assertThat(progress.nanosLeft(1_030)).isEqualTo(70);

    read("\n123", 1_090);
    assertThat(progress.nanosLeft(1_100)).as("four octets are too few").isZero();

    read("456789", 1_100);
    assertThat(progress.nanosLeft(1_110)).as("ten octets are enough").isEqualTo(90);

    read("^@", 1_150);
    assertThat(progress.nanosLeft(9_999)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anotherFrameHasAPeriodOfItsOwn() {
    read("SEND\n\n1", 0);
    read("^@SEND", 90);

    assertThat(progress.nanosLeft(150)).isEqualTo(40);
  }

  @Test
  void aFrameThatBeginsAgainAfterAResetIsAnotherOne() {
    read("SEND\n", 0);
    decoder.reset();
    read("", 10);

    assertThat(progress.nanosLeft(500)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void timeMayWrap() {
    read("SEND\n", Long.MAX_VALUE - 10);

    assertThat(progress.nanosLeft(Long.MIN_VALUE + 19)).isEqualTo(70);
  }

  @Test
  void standardIsFourKibibytesAMinute() {
    FrameProgress standard = FrameProgress.standard();
    List<DecodedEvent> events = new ArrayList<>();
    Wire.feed(decoder, List.of(Wire.wire("SEND\n\n")), events);
    standard.onDecoded(decoder, 0);
    Wire.feed(decoder, List.of(Wire.wire("x".repeat(4_095))), events);
    standard.onDecoded(decoder, 1);
    assertThat(standard.nanosLeft(1)).isEqualTo(Duration.ofSeconds(60).toNanos() - 1);

    Wire.feed(decoder, List.of(Wire.wire("x")), events);
    standard.onDecoded(decoder, 2);
    assertThat(standard.nanosLeft(2)).isEqualTo(Duration.ofSeconds(60).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "1, PT0S", "1, PT-1S"})
  void valuesThatAskForNothingAreRefused(int octets, Duration period) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FrameProgress(octets, period));
  }

  private void read(String text, long now) {
    ByteBuffer input = ByteBuffer.wrap(Wire.wire(text));
    Wire.drain(decoder, input, new ArrayList<>());
    progress.onDecoded(decoder, now);
  }
}
