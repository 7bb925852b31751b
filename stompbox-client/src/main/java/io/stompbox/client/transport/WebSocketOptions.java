package io.stompbox.client.transport;

import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import java.net.http.HttpRequest;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How frames go through WebSockets, that is to {@code ws://} and {@code wss://} addresses.
 *
 * @param headers what the upgrade request has besides the JDK's own, such as Authorization, Cookie
 *     or Origin; sent as they are
 * @param sendAs which messages carry what is sent; both kinds are understood
 * @param maxMessage how many octets a message may have: a frame within it is one message, a longer
 *     one is cut; at least 64
 * @param frameEnd what ends a frame that comes
 */
public record WebSocketOptions(Headers headers, SendAs sendAs, int maxMessage, FrameEnd frameEnd) {

  private static final int SHORTEST_MESSAGE = 64;

  /** Artemis, ActiveMQ and Vert.x take 64 KiB and not an octet more. */
  private static final int COMMON_MESSAGE = 60_000;

  private static final WebSocketOptions DEFAULTS =
      new WebSocketOptions(Headers.empty(), SendAs.TEXT, COMMON_MESSAGE, FrameEnd.NUL);

  /** The kind of the messages that carry what is sent. */
  public enum SendAs {
    /**
     * Text, and binary for what is not UTF-8. ActiveMQ Classic does not answer binary messages, and
     * Spring's broker damages their bodies.
     */
    TEXT,
    /** Binary always, which costs less time on both sides. */
    BINARY
  }

  /** What ends a frame that comes. */
  public enum FrameEnd {
    /** Its NUL, as the specification says. */
    NUL,
    /**
     * Its NUL, or the end of a text message that has none: for servers that forget it. They must
     * not send frames in several messages then.
     */
    NUL_OR_END_OF_TEXT
  }

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if {@code maxMessage} is below 64, or a header can't be sent
   *     or is one that the opening handshake writes by itself
   */
  public WebSocketOptions {
    if (maxMessage < SHORTEST_MESSAGE) {
      throw new IllegalArgumentException(
          "maxMessage must be at least " + SHORTEST_MESSAGE + ": " + maxMessage);
    }
    headers.forEach(WebSocketOptions::check);
  }

  private static void check(Header header) {
    if (header.name().toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
      throw new IllegalArgumentException(
          "the opening handshake writes the header '"
              + header.name()
              + "' by itself; leave it out");
    }
    try {
      HttpRequest.newBuilder().header(header.name(), header.value());
    } catch (IllegalArgumentException e) {
      // The JDK's message has the value, which may be a secret.
      throw new IllegalArgumentException(
          "the JDK does not send the header '"
              + header.name()
              + "' with this value; both must be plain, and the name none that HTTP itself needs");
    }
  }

  /**
   * No further headers, text where it can be, at most 60,000 octets a message, frames end with NUL.
   */
  public static WebSocketOptions defaults() {
    return DEFAULTS;
  }

  /** Returns them with one more header in the upgrade request. */
  public WebSocketOptions withHeader(String name, String value) {
    Headers more = headers.toBuilder().add(name, value).build();
    return new WebSocketOptions(more, sendAs, maxMessage, frameEnd);
  }

  /** Returns them with another kind of messages for what is sent. */
  public WebSocketOptions with(SendAs other) {
    return new WebSocketOptions(headers, other, maxMessage, frameEnd);
  }

  /**
   * Returns them with another limit for a message. Spring's broker on Tomcat takes 8,192 octets,
   * and frames of up to 64 KiB in several messages; RabbitMQ takes megabytes.
   */
  public WebSocketOptions withMaxMessage(int octets) {
    return new WebSocketOptions(headers, sendAs, octets, frameEnd);
  }

  /** Returns them with another end of frames that come. */
  public WebSocketOptions with(FrameEnd other) {
    return new WebSocketOptions(headers, sendAs, maxMessage, other);
  }

  /** Names the headers without their values, which may be secrets. */
  @Override
  public String toString() {
    Set<String> names = new LinkedHashSet<>();
    headers.forEach(header -> names.add(header.name()));
    return "WebSocketOptions[headers=%s, sendAs=%s, maxMessage=%d, frameEnd=%s]"
        .formatted(names, sendAs, maxMessage, frameEnd);
  }
}
