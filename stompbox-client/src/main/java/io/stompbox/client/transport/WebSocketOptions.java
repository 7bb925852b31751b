package io.stompbox.client.transport;

import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How frames go through WebSockets, that is to {@code ws://} and {@code wss://} addresses.
 *
 * @param headers what the upgrade request has besides what opens a WebSocket, such as
 *     Authorization, Cookie or Origin; sent as they are
 * @param subProtocols what is offered, best first; empty offers none. The broker may select one of
 *     them, which says nothing: the version of STOMP is that of CONNECTED
 * @param sendAs which messages carry what is sent; both kinds are understood
 * @param maxMessage how many octets a message may have: a frame within it is one message, a longer
 *     one is cut; at least 64
 * @param frameEnd what ends a frame that comes
 */
public record WebSocketOptions(
    Headers headers, List<String> subProtocols, SendAs sendAs, int maxMessage, FrameEnd frameEnd) {

  private static final int SHORTEST_MESSAGE = 64;

  /** Artemis, ActiveMQ and Vert.x take 64 KiB and not an octet more. */
  private static final int COMMON_MESSAGE = 60_000;

  /** The characters of a token (RFC 9110, section 5.6.2). */
  private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

  private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]*(?:\t[^\\p{Cntrl}]*)*");

  /** What the upgrade request has by itself, or what would make it mean something else. */
  private static final Set<String> TAKEN =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private static final WebSocketOptions DEFAULTS =
      new WebSocketOptions(
          Headers.empty(),
          List.of("v12.stomp", "v11.stomp", "v10.stomp"),
          SendAs.TEXT,
          COMMON_MESSAGE,
          FrameEnd.NUL);

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
    subProtocols = List.copyOf(subProtocols);
    subProtocols.forEach(WebSocketOptions::checkSubProtocol);
  }

  private static void check(Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    if (name.startsWith("sec-websocket-") || TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "the opening handshake writes the header '"
              + header.name()
              + "' by itself, or must not have it; leave it out");
    }
    // The value may be a secret.
    if (!TOKEN.matcher(name).matches() || !VALUE.matcher(header.value()).matches()) {
      throw new IllegalArgumentException(
          "HTTP can't carry the header '"
              + header.name()
              + "' with this value; the name has letters, digits and '-', the value no control"
              + " characters");
    }
  }

  private static void checkSubProtocol(String name) {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not the name of a sub-protocol: '" + name + "'; it must look like v12.stomp");
    }
  }

  /**
   * No further headers, STOMP 1.2 to 1.0 as sub-protocols, text where it can be, at most 60,000
   * octets a message, frames end with NUL.
   */
  public static WebSocketOptions defaults() {
    return DEFAULTS;
  }

  /** Returns them with one more header in the upgrade request. */
  public WebSocketOptions withHeader(String name, String value) {
    Headers more = headers.toBuilder().add(name, value).build();
    return new WebSocketOptions(more, subProtocols, sendAs, maxMessage, frameEnd);
  }

  /** Returns them with other sub-protocols, best first; none to leave that header out. */
  public WebSocketOptions withSubProtocols(String... names) {
    return new WebSocketOptions(headers, List.of(names), sendAs, maxMessage, frameEnd);
  }

  /** Returns them with another kind of messages for what is sent. */
  public WebSocketOptions with(SendAs other) {
    return new WebSocketOptions(headers, subProtocols, other, maxMessage, frameEnd);
  }

  /**
   * Returns them with another limit for a message. Spring's broker on Tomcat takes 8,192 octets,
   * and frames of up to 64 KiB in several messages; RabbitMQ takes megabytes.
   */
  public WebSocketOptions withMaxMessage(int octets) {
    return new WebSocketOptions(headers, subProtocols, sendAs, octets, frameEnd);
  }

  /** Returns them with another end of frames that come. */
  public WebSocketOptions with(FrameEnd other) {
    return new WebSocketOptions(headers, subProtocols, sendAs, maxMessage, other);
  }

  /** Names the headers without their values, which may be secrets. */
  @Override
  public String toString() {
    Set<String> names = new LinkedHashSet<>();
    headers.forEach(header -> names.add(header.name()));
    return "WebSocketOptions[headers=%s, subProtocols=%s, sendAs=%s, maxMessage=%d, frameEnd=%s]"
        .formatted(names, subProtocols, sendAs, maxMessage, frameEnd);
  }
}
