package io.stompbox.client.transport;

import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a broker as one stream of octets, whatever their kinds and frames. Text is not
 * checked for being UTF-8: RabbitMQ sends any body as text, and STOMP's own rules are for those who
 * read the octets. One thread reads; {@link #failure} may be asked by another.
 */
final class WebSocketReader {
  static final int NORMAL = 1000;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int CUT = 1006;

  private static final int LAST = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;

  /** In the opcodes of frames without data. */
  private static final int CONTROL = 0x08;

  private static final int LONGEST_CONTROL = 125;
  private static final int TWO_OCTETS_FOLLOW = 126;
  private static final int EIGHT_OCTETS_FOLLOW = 127;

  private static final int SHORTEST_HEAD = 2;

  private final ReadAhead input;
  private final WebSocketWriter writer;
  private final FrameEnd frameEnd;

  /** What is still to come of the frame with data. */
  private long remaining;

  /** Whether that frame is the last of its message; true between messages. */
  private boolean last = true;

  /** Whether its message is text. */
  private boolean isText;

  /** Whether the text message has begun a STOMP frame. */
  private boolean inFrame;

  /** Whether a NUL is to be given that did not come. */
  private boolean endDue;

  private boolean ended;

  /** Why nothing more comes; null if something may, or the end was orderly. */
  private volatile @Nullable IOException failure;

  WebSocketReader(ReadAhead input, WebSocketWriter writer, FrameEnd frameEnd) {
    this.input = input;
    this.writer = writer;
    this.frameEnd = frameEnd;
  }

  @Nullable IOException failure() {
    return failure;
  }

  /**
   * Waits for octets and reads some, of all frames that are here: whoever gets messages has to be
   * woken for each read. Returns -1 at an orderly end.
   */
  int read(byte[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length && (count == 0 || isMoreHere())) {
      if (remaining > 0 || endDue) {
        count += readData(target, offset + count, length - count);
      } else if (ended || !nextFrame(count)) {
        return count > 0 ? count : atEnd();
      }
    }
    return count;
  }

  /** Whether reading goes on without having to wait. */
  private boolean isMoreHere() {
    return endDue || (remaining > 0 ? input.available() > 0 : isNextFrameHere());
  }

  /** Whether the head of a frame is here, and all of one that has no data. */
  private boolean isNextFrameHere() {
    int here = input.available();
    if (here < SHORTEST_HEAD) {
      return false;
    }
    int shown = input.peek(1) & ~MASKED;
    int head = SHORTEST_HEAD + moreOfLength(shown);
    boolean isControl = (input.peek(0) & CONTROL) != 0;
    return here >= head + (isControl ? Math.min(shown, LONGEST_CONTROL) : 0);
  }

  /** How many octets follow that have the length. */
  private static int moreOfLength(int shown) {
    return switch (shown) {
      case TWO_OCTETS_FOLLOW -> Short.BYTES;
      case EIGHT_OCTETS_FOLLOW -> Long.BYTES;
      default -> 0;
    };
  }

  /** As {@link #nextFrame()}; what breaks the stream is told by the next read if there is data. */
  private boolean nextFrame(int count) throws IOException {
    try {
      return nextFrame();
    } catch (IOException e) {
      if (count == 0) {
        throw e;
      }
      return false;
    }
  }

  private int readData(byte[] target, int offset, int length) throws IOException {
    if (endDue) {
      endDue = false;
      inFrame = false;
      target[offset] = 0;
      return 1;
    }
    int count = input.read(target, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw cut();
    }
    remaining -= count;
    if (frameEnd == FrameEnd.NUL_OR_END_OF_TEXT && isText) {
      follow(target, offset, count);
    }
    return count;
  }

  /** Looks whether a STOMP frame has begun and not ended where the message ends. */
  private void follow(byte[] octets, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      inFrame = octets[i] != 0 && (inFrame || (octets[i] != '\n' && octets[i] != '\r'));
    }
    lookForEnd();
  }

  private void lookForEnd() {
    endDue = remaining == 0 && last && isText && inFrame;
  }

  private int atEnd() throws IOException {
    IOException reason = failure;
    if (reason != null) {
      throw reason;
    }
    return -1;
  }

  /** Reads the head of the next frame, and all of one that has no data; false after the last. */
  private boolean nextFrame() throws IOException {
    int first = octet();
    int second = octet();
    Opcode opcode = Opcode.of(first & 0x0f);
    if (opcode == null || (first & RESERVED) != 0 || (second & MASKED) != 0) {
      throw broken("a frame begins with the octets " + first + " and " + second);
    }
    long length = length(second);
    boolean isLast = (first & LAST) != 0;
    if (opcode.isControl()) {
      if (!isLast || length > LONGEST_CONTROL) {
        throw broken("a " + opcode + " is in several parts or longer than 125 octets");
      }
      return control(opcode, octets((int) length));
    }
    if (last == (opcode == Opcode.CONTINUATION)) {
      throw broken(
          last ? "there is no message to continue" : "a message begins before the last has ended");
    }
    isText = opcode == Opcode.TEXT || (opcode == Opcode.CONTINUATION && isText);
    last = isLast;
    remaining = length;
    lookForEnd();
    return true;
  }

  private long length(int shown) throws IOException {
    if (shown < TWO_OCTETS_FOLLOW) {
      return shown;
    }
    long length = 0;
    for (int i = moreOfLength(shown); i > 0; i--) {
      length = length << 8 | octet();
    }
    if (length < 0) {
      throw broken("a frame has a negative length");
    }
    return length;
  }

  private boolean control(Opcode opcode, byte[] payload) {
    if (opcode == Opcode.PING) {
      answer(payload);
    } else if (opcode == Opcode.CLOSE) {
      closed(payload);
      return false;
    }
    return true;
  }

  private void answer(byte[] payload) {
    try {
      writer.pong(payload);
    } catch (IOException ignored) {
      // What the broker sent before it left is still to be read; its end comes behind that.
    }
  }

  /** A close without a word is an orderly end, as of a TCP connection; the rest has a reason. */
  private void closed(byte[] payload) {
    ByteBuffer content = ByteBuffer.wrap(payload);
    int code = content.remaining() < Short.BYTES ? NORMAL : content.getShort() & 0xffff;
    String reason = StandardCharsets.UTF_8.decode(content).toString();
    if (code != NORMAL || !reason.isEmpty()) {
      failure = new WebSocketClosedException(code, reason);
    }
    ended = true;
    writer.close(code);
  }

  private ProtocolException broken(String why) {
    ProtocolException reason = new ProtocolException("the broker broke RFC 6455: " + why);
    failure = reason;
    ended = true;
    writer.close(PROTOCOL_ERROR);
    return reason;
  }

  private IOException cut() {
    IOException reason = new WebSocketClosedException(CUT, "");
    failure = reason;
    ended = true;
    return reason;
  }

  private int octet() throws IOException {
    int octet = input.read();
    if (octet < 0) {
      throw cut();
    }
    return octet;
  }

  private byte[] octets(int count) throws IOException {
    byte[] octets = input.readNBytes(count);
    if (octets.length < count) {
      throw cut();
    }
    return octets;
  }
}
