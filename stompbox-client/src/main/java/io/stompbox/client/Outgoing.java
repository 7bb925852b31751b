package io.stompbox.client;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.util.Set;

/**
 * A message to be sent. Immutable: each method returns a changed copy, so one may serve as a
 * template for many.
 */
public final class Outgoing {
  /** The client writes these itself; a second one would win or lose depending on the broker. */
  private static final Set<String> RESERVED =
      Set.of("destination", "receipt", "transaction", "content-length");

  private static final String CONTENT_TYPE = "content-type";

  /** Text without a charset is UTF-8. */
  private static final String PLAIN = "text/plain";

  private final Headers headers;
  private final Body body;

  private Outgoing(Headers headers, Body body) {
    this.headers = headers;
    this.body = body;
  }

  /**
   * Returns an empty message to a destination, for example {@code /queue/orders}.
   *
   * @throws IllegalArgumentException if the destination is blank
   */
  public static Outgoing to(String destination) {
    Subscriptions.checkDestination(destination);
    return new Outgoing(Headers.of("destination", destination), Body.empty());
  }

  /**
   * Returns it with UTF-8 text as its body, and {@code content-type:text/plain} unless it has a
   * content-type: without one receivers should take the body for a blob (STOMP 1.2,
   * "content-type").
   */
  public Outgoing text(String text) {
    return (headers.has(CONTENT_TYPE) ? this : contentType(PLAIN)).with(Body.of(text));
  }

  /** Returns it with JSON text as its body and {@code content-type:application/json}. */
  public Outgoing json(String json) {
    return contentType("application/json").text(json);
  }

  /** Returns it with a copy of {@code bytes} as its body. */
  public Outgoing bytes(byte[] bytes) {
    return with(Body.of(bytes));
  }

  Outgoing with(Body other) {
    return new Outgoing(headers, other);
  }

  /** Returns it with another content-type. */
  public Outgoing contentType(String mimeType) {
    return new Outgoing(headers.toBuilder().set(CONTENT_TYPE, mimeType).build(), body);
  }

  /**
   * Returns it marked {@code persistent:true}, so that the broker stores it before it confirms.
   * ActiveMQ, Artemis and RabbitMQ confirm other messages as well, but from memory: they are gone
   * when the broker is killed.
   */
  public Outgoing persistent() {
    return new Outgoing(headers.toBuilder().set("persistent", "true").build(), body);
  }

  /**
   * Returns it with one more header, at the end. Of repeated names the first is in force.
   *
   * @throws IllegalArgumentException if the name is empty or one that the client writes itself
   */
  public Outgoing header(String name, String value) {
    checkFree(name);
    return new Outgoing(headers.toBuilder().add(name, value).build(), body);
  }

  /** Checks that the client does not write a header of this name itself. */
  static void checkFree(String name) {
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "header '" + name + "' is written by the client; there are methods for what it means");
    }
  }

  /** The destination. */
  public String destination() {
    return headers.value(0);
  }

  /** The headers, the destination first. */
  public Headers headers() {
    return headers;
  }

  /** The body. */
  public Body body() {
    return body;
  }

  Frame frame() {
    return new Frame(Command.SEND, headers, body);
  }

  Frame frame(String name, String value) {
    return new Frame(Command.SEND, headers.toBuilder().add(name, value).build(), body);
  }

  @Override
  public String toString() {
    return headers + " " + body;
  }
}
