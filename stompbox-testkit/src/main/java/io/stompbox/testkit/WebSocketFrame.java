package io.stompbox.testkit;

import io.stompbox.protocol.frame.Body;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A frame of RFC 6455, section 5.2: a message, a part of one, or something about the connection.
 */
record WebSocketFrame(boolean last, Opcode opcode, Body payload) {
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int TWO_OCTETS_FOLLOW = 126;
  private static final int EIGHT_OCTETS_FOLLOW = 127;
  private static final int LONGEST_HEAD = 10;

  /** What a frame is. */
  enum Opcode {
    /** Goes on with the message of the frame before. */
    CONTINUATION(0),
    /** Begins a text message. */
    TEXT(1),
    /** Begins a binary message. */
    BINARY(2),
    /** Says that nothing more comes: a code of two octets and a reason, or nothing. */
    CLOSE(8),
    /** Wants a pong. */
    PING(9),
    /** Answers a ping. */
    PONG(10);

    private final int code;

    Opcode(int code) {
      this.code = code;
    }

    boolean isControl() {
      return code >= CLOSE.code;
    }

    private static Opcode of(int code) throws IOException {
      return Arrays.stream(values())
          .filter(opcode -> opcode.code == code)
          .findFirst()
          .orElseThrow(() -> new IOException("there is no opcode " + code));
    }
  }

  /** Reads the next frame of a client; empty if the client has closed the connection. */
  static Optional<WebSocketFrame> read(DataInputStream input) throws IOException {
    int first = input.read();
    if (first < 0) {
      return Optional.empty();
    }
    int second = input.readUnsignedByte();
    if ((second & MASKED) == 0) {
      throw new IOException("a client must mask its frames (RFC 6455, section 5.1)");
    }
    int length = length(second & ~MASKED, input);
    byte[] mask = input.readNBytes(4);
    byte[] payload = new byte[length];
    input.readFully(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return Optional.of(
        new WebSocketFrame((first & LAST) != 0, Opcode.of(first & 0xf), Body.of(payload)));
  }

  private static int length(int shown, DataInputStream input) throws IOException {
    return switch (shown) {
      case TWO_OCTETS_FOLLOW -> input.readUnsignedShort();
      case EIGHT_OCTETS_FOLLOW -> Math.toIntExact(input.readLong());
      default -> shown;
    };
  }

  /** Returns the frame as a server sends it, which does not mask. */
  byte[] octets() {
    ByteBuffer octets = ByteBuffer.allocate(LONGEST_HEAD + payload.size());
    octets.put((byte) ((last ? LAST : 0) | opcode.code));
    if (payload.size() < TWO_OCTETS_FOLLOW) {
      octets.put((byte) payload.size());
    } else if (payload.size() <= 0xffff) {
      octets.put((byte) TWO_OCTETS_FOLLOW).putShort((short) payload.size());
    } else {
      octets.put((byte) EIGHT_OCTETS_FOLLOW).putLong(payload.size());
    }
    octets.put(payload.toBytes());
    return Arrays.copyOf(octets.array(), octets.position());
  }
}
