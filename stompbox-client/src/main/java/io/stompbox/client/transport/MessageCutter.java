package io.stompbox.client.transport;

import io.stompbox.client.transport.WebSocketOptions.SendAs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames into messages. ActiveMQ Classic loses all but the first frame of a message and hangs
 * up on a frame in several, so each frame is one message, if it is not too long for one.
 */
final class MessageCutter {
  private static final int FIRST_ROOM = 512;

  private final FrameScan scan = new FrameScan();
  private final SendAs sendAs;
  private final int longest;

  /** Reports malformed octets, which a text message can't carry. */
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  /** The beginning of the next message. */
  private byte[] held = new byte[FIRST_ROOM];

  private int heldLength;

  MessageCutter(WebSocketOptions options) {
    this.sendAs = options.sendAs();
    this.longest = options.maxMessage();
  }

  /**
   * What one message carries.
   *
   * @param isText whether it is whole characters
   */
  record Message(boolean isText, ByteBuffer octets) {}

  /**
   * Takes octets up to the end of the next message. A frame that has not ended is held back until
   * the rest of it comes, or it is too long for a message.
   *
   * @return null if more octets are needed
   */
  @Nullable Message next(ByteBuffer input) {
    while (input.hasRemaining()) {
      boolean ended = take(input);
      if (ended || heldLength == longest) {
        return cut(ended);
      }
    }
    return null;
  }

  private boolean take(ByteBuffer input) {
    int limit = input.limit();
    int from = input.position();
    input.limit(Math.min(limit, from + longest - heldLength));
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
    int count = isText ? whole : heldLength;
    ByteBuffer octets = ByteBuffer.wrap(Arrays.copyOf(held, count));
    System.arraycopy(held, count, held, 0, heldLength - count);
    heldLength -= count;
    return new Message(isText, octets);
  }

  private boolean isText(int length) {
    try {
      decoder.decode(ByteBuffer.wrap(held, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
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
