package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebSocketReaderTest {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int RESERVED = 0xF1;

  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final byte[] target = new byte[1000];

  /** How often the transport was asked, which may wait. */
  private int reads;

  /** Whether the broker has left, so that nothing can be written. */
  private boolean isGone;

  private WebSocketReaderTest frame(int first, int length) {
    frames.write(first);
    frames.write(length);
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 'x');
    frames.writeBytes(payload);
    return this;
  }

  private WebSocketReaderTest withoutTheLast(int count) {
    byte[] all = frames.toByteArray();
    frames.reset();
    frames.write(all, 0, all.length - count);
    return this;
  }

  private WebSocketReader reader() {
    return reader(FrameEnd.NUL);
  }

  private WebSocketReader reader(FrameEnd end) {
    ByteArrayInputStream octets = new ByteArrayInputStream(frames.toByteArray());
    Transport transport =
        new Transport() {
          @Override
          public void open(Duration limit) {}

          @Override
          public int read(byte[] to, int offset, int length) {
            reads++;
            return octets.read(to, offset, length);
          }

          @Override
          public void write(byte[] source, int offset, int length) throws IOException {
            if (isGone) {
              throw new IOException("Broken pipe");
            }
            written.write(source, offset, length);
          }

          @Override
          public void close() {}
        };
    return new WebSocketReader(
        new ReadAhead(transport),
        new WebSocketWriter(transport, WebSocketOptions.defaults(), new SecureRandom()),
        end);
  }

  @Test
  void oneReadBringsAllFramesThatAreHereAndAnswersPings() throws IOException {
    WebSocketReader reader =
        frame(TEXT, 3).frame(PING, 4).frame(TEXT, 125).frame(TEXT, 50).reader();

    assertThat(reader.read(target, 0, target.length)).isEqualTo(3 + 125 + 50);
    assertThat(written.size()).isEqualTo(2 + 4 + 4);
    assertThatThrownBy(() -> reader.read(target, 0, 1))
        .isInstanceOf(WebSocketClosedException.class);
  }

  @Test
  void whatCameBeforeABrokenFrameIsGivenFirst() throws IOException {
    WebSocketReader reader = frame(TEXT, 3).frame(RESERVED, 125).frame(TEXT, 50).reader();

    assertThat(reader.read(target, 0, target.length)).isEqualTo(3);
    assertThatThrownBy(() -> reader.read(target, 0, 1)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> reader.read(target, 0, 1)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void noReadWaitsForTheRestOfAFrameWhileItHasData() throws IOException {
    WebSocketReader reader = frame(TEXT, 3).frame(TEXT, 120).withoutTheLast(1).reader();

    assertThat(reader.read(target, 0, target.length)).isEqualTo(3 + 119);
    assertThat(reads).isEqualTo(1);
  }

  /** The octets of a frame that begins behind data, from its first to the last that is missing. */
  static Stream<Arguments> beginnings() {
    return Stream.of(
        Arguments.of(new int[] {TEXT}),
        Arguments.of(new int[] {TEXT, 126, 1}),
        Arguments.of(new int[] {TEXT, 127, 0, 0, 0, 0, 0, 0, 0}),
        Arguments.of(new int[] {PING, 2, 'x'}),
        Arguments.of(new int[] {CLOSE, 2, 1000 >> 8}));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void noReadWaitsForAHeadOrAPingWhileItHasData(int[] octets) throws IOException {
    frame(TEXT, 3);
    Arrays.stream(octets).forEach(frames::write);

    assertThat(reader().read(target, 0, target.length)).isEqualTo(3);
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void aCloseFrameBehindDataIsToldByTheNextRead() throws IOException {
    WebSocketReader reader = frame(TEXT, 3).frame(CLOSE, 0).reader();

    assertThat(reader.read(target, 0, target.length)).isEqualTo(3);
    assertThat(reader.read(target, 0, target.length)).isEqualTo(-1);
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void eachTextOfAReadEndsItsFrameWhereThatIsWanted() throws IOException {
    WebSocketReader reader = frame(TEXT, 3).frame(TEXT, 4).reader(FrameEnd.NUL_OR_END_OF_TEXT);

    int count = reader.read(target, 0, target.length);

    assertThat(new String(target, 0, count, US_ASCII)).isEqualTo("xxx\0xxxx\0");
  }

  @Test
  void whatTheBrokerSaidBeforeItLeftIsReadAlthoughItsPingCannotBeAnswered() throws IOException {
    isGone = true;
    frame(PING, 0).frame(TEXT, 3).frame(PING, 0);
    frames.writeBytes(new byte[] {(byte) CLOSE, 4, 1002 >> 8, (byte) 1002, 'n', 'o'});
    WebSocketReader reader = reader();

    assertThat(reader.read(target, 0, target.length)).isEqualTo(3);
    assertThatThrownBy(() -> reader.read(target, 0, 1))
        .isInstanceOfSatisfying(
            WebSocketClosedException.class, closed -> assertThat(closed.code()).isEqualTo(1002));
  }
}
