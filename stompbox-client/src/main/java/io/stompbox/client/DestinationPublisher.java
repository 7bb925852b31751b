package io.stompbox.client;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends to one destination, with defaults for what its messages have in common. Immutable: each
 * method that sets a default returns a changed copy. Safe to share between threads.
 */
public final class DestinationPublisher {
  private final Outgoing template;
  private final Consumer<Outgoing> plain;
  private final Function<Outgoing, Confirmation> confirmed;

  DestinationPublisher(
      Outgoing template, Consumer<Outgoing> plain, Function<Outgoing, Confirmation> confirmed) {
    this.template = template;
    this.plain = plain;
    this.confirmed = confirmed;
  }

  private DestinationPublisher with(Outgoing other) {
    return new DestinationPublisher(other, plain, confirmed);
  }

  /** Returns it with a content-type for all messages, text among them. */
  public DestinationPublisher contentType(String mimeType) {
    return with(template.contentType(mimeType));
  }

  /** Returns it with persistent messages, see {@link Outgoing#persistent()}. */
  public DestinationPublisher persistent() {
    return with(template.persistent());
  }

  /**
   * Returns it with one more header for all messages.
   *
   * @throws IllegalArgumentException as {@link Outgoing#header(String, String)}
   */
  public DestinationPublisher header(String name, String value) {
    return with(template.header(name, value));
  }

  /** The destination. */
  public String destination() {
    return template.destination();
  }

  /** A message with the defaults and no body, for what only one message has. */
  public Outgoing message() {
    return template;
  }

  /** Sends UTF-8 text at most once; waits and throws as {@link StompClient#send(Outgoing)} does. */
  public void send(String text) {
    plain.accept(template.text(text));
  }

  /** Sends a copy of {@code bytes} at most once, see {@link #send(String)}. */
  public void send(byte[] bytes) {
    plain.accept(template.bytes(bytes));
  }

  /** Sends UTF-8 text at least once, see {@link StompClient#sendConfirmed}. */
  public Confirmation sendConfirmed(String text) {
    return confirmed.apply(template.text(text));
  }

  /** Sends a copy of {@code bytes} at least once, see {@link StompClient#sendConfirmed}. */
  public Confirmation sendConfirmed(byte[] bytes) {
    return confirmed.apply(template.bytes(bytes));
  }

  /**
   * Sends a message that was made from {@link #message()} at least once.
   *
   * @throws IllegalArgumentException if it is for another destination
   */
  public Confirmation sendConfirmed(Outgoing message) {
    if (!Objects.equals(message.destination(), destination())) {
      throw new IllegalArgumentException(
          "this publisher sends to "
              + destination()
              + ", not to "
              + message.destination()
              + "; make messages from its message()");
    }
    return confirmed.apply(message);
  }

  @Override
  public String toString() {
    return "publisher to " + template.headers();
  }
}
