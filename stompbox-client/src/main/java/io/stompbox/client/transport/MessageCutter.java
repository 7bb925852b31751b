package io.stompbox.client.transport;

import io.stompbox.client.transport.WebSocketOptions.SendAs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames into messages. ActiveMQ Classic loses all but the first frame of a message and hangs
 * up on a frame in several, so each frame is one message, if it is not too long for one.
 */
final class MessageCutter {
  private static final int FIRST_ROOM = 512;

  /** The largest room that is kept: what messages of the common length need. */
  private static final int KEPT_ROOM = 64 * 1024;

  /** In each octet of eight the bit that ASCII does not have. */
  private static final long NOT_ASCII = 0x8080808080808080L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final FrameScan scan = new FrameScan();
  private final SendAs sendAs;
  private final int longest;

  /** Reports malformed octets, which a text message can't carry. */
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  /** Characters that nobody looks at. */
  private final CharBuffer decoded = CharBuffer.allocate(FIRST_ROOM);

  /** The message that was cut last, and the beginning of the next. */
  private byte[] held = new byte[FIRST_ROOM];

  private int heldLength;

  /** How many octets of {@link #held} the message has that was cut last. */
  private int cutLength;

  MessageCutter(WebSocketOptions options) {
    this.sendAs = options.sendAs();
    this.longest = options.maxMessage();
  }

  /**
   * What one message carries.
   *
   * @param isText whether it is whole characters
   * @param octets valid until the next one is cut
   */
  record Message(boolean isText, ByteBuffer octets) {}

  /**
   * Takes octets up to the end of the next message. A frame that has not ended is held back until
   * the rest of it comes, or it is too long for a message.
   *
   * @return null if more octets are needed
   */
  @Nullable Message next(ByteBuffer input) {
    dropLast();
    while (input.hasRemaining()) {
      boolean ended = take(input);
      if (ended || heldLength == longest) {
        return cut(ended);
      }
    }
    return null;
  }

  private void dropLast() {
    int left = heldLength - cutLength;
    boolean isTooLarge = held.length > KEPT_ROOM && cutLength > 0;
    byte[] room = isTooLarge ? new byte[Math.max(FIRST_ROOM, left)] : held;
    System.arraycopy(held, cutLength, room, 0, left);
    held = room;
    heldLength = left;
    cutLength = 0;
  }

  private boolean take(ByteBuffer input) {
    int limit = input.limit();
    int from = input.position();
    input.limit(from + Math.min(limit - from, longest - heldLength));
    boolean ended = scan.skip(input);
    int count = input.position() - from;
    if (heldLength + count > held.length) {
      held = Arrays.copyOf(held, Math.max(heldLength + count, 2 * held.length));
    }
    input.get(from, held, heldLength, count).limit(limit);
    heldLength += count;
    return ended;
  }

  private Message cut(boolean ended) {
    int whole = ended ? heldLength : wholeCharacters();
    boolean isText = sendAs == SendAs.TEXT && isText(whole);
    cutLength = isText ? whole : heldLength;
    return new Message(isText, ByteBuffer.wrap(held, 0, cutLength));
  }

  private boolean isText(int length) {
    int ascii = asciiAtStart(length);
    if (ascii == length) {
      return true;
    }
    ByteBuffer octets = ByteBuffer.wrap(held, ascii, length - ascii);
    decoder.reset();
    CoderResult result = decoder.decode(octets, decoded.clear(), true);
    while (result.isOverflow()) {
      result = decoder.decode(octets, decoded.clear(), true);
    }
    return result.isUnderflow();
  }

  /** How many octets at the start are ASCII for sure: all, or a multiple of eight. */
  private int asciiAtStart(int length) {
    int i = 0;
    while (i <= length - Long.BYTES && ((long) LONGS.get(held, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    int end = i;
    while (i < length && held[i] >= 0) {
      i++;
    }
    return i == length ? length : end;
  }

  /** How many of the octets are left without the last character, if its end has not come yet. */
  private int wholeCharacters() {
    int start = heldLength - 1;
    while (start > heldLength - 4 && isContinuation(held[start])) {
      start--;
    }
    return start + characterLength(held[start]) > heldLength ? start : heldLength;
  }

  private static boolean isContinuation(byte octet) {
    return (octet & 0xc0) == 0x80;
  }

  /** How long the character is that starts so; one for what starts none. */
  private static int characterLength(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones < 2 || ones > 4 ? 1 : ones;
  }
}
