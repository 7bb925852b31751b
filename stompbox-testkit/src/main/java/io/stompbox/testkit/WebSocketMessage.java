package io.stompbox.testkit;

import io.stompbox.protocol.frame.Body;
import java.nio.charset.StandardCharsets;

/**
 * A whole message of a WebSocket, put together of its fragments.
 *
 * @param kind how it came
 * @param payload its octets
 */
public record WebSocketMessage(Kind kind, Body payload) {
  /** The two kinds of messages of RFC 6455. */
  public enum Kind {
    /** Octets that are UTF-8. */
    TEXT,
    /** Any octets. */
    BINARY
  }

  /** Returns a text message with {@code ^@} for NUL. */
  public static WebSocketMessage text(String text) {
    byte[] octets = text.replace("^@", "\0").getBytes(StandardCharsets.UTF_8);
    return new WebSocketMessage(Kind.TEXT, Body.of(octets));
  }

  /** Returns a binary message. */
  public static WebSocketMessage binary(byte[] octets) {
    return new WebSocketMessage(Kind.BINARY, Body.of(octets));
  }
}
