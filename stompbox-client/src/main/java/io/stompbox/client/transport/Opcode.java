package io.stompbox.client.transport;

import org.jspecify.annotations.Nullable;

/** What a frame of a WebSocket is (RFC 6455, section 5.2). */
enum Opcode {
  /** More of the message that has begun. */
  CONTINUATION(0),
  TEXT(1),
  BINARY(2),
  CLOSE(8),
  PING(9),
  PONG(10);

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether it is about the connection, and may stand between the frames of a message. */
  boolean isControl() {
    return code >= CLOSE.code;
  }

  /** Returns the one with this code; null if there is none. */
  static @Nullable Opcode of(int code) {
    for (Opcode opcode : values()) {
      if (opcode.code == code) {
        return opcode;
      }
    }
    return null;
  }
}
