package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The broker answered with an ERROR frame. Read it, and change the request. */
public final class BrokerErrorException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Characters of the broker's words that are repeated. */
  private static final int MOST = 300;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private final transient Frame frame;

  /** Not serialised, as the addresses may have credentials; null if it is of one attempt. */
  private final transient @Nullable Map<BrokerAddress, StompException> attempts;

  /** Creates one for an ERROR frame; {@code refused} names what the broker refused. */
  public BrokerErrorException(String refused, Frame frame) {
    super("broker refused " + refused + ": \"" + words(frame) + "\"" + server(frame));
    this.frame = frame;
    this.attempts = null;
  }

  /** Creates one with the frame of another, where several attempts to connect have failed. */
  BrokerErrorException(
      String message, Map<BrokerAddress, StompException> attempts, BrokerErrorException cause) {
    super(message, cause);
    this.frame = cause.frame;
    this.attempts = attempts;
  }

  /** The ERROR frame. */
  public Frame frame() {
    return frame;
  }

  /**
   * Returns the broker's own words on one line: the message header and, where it says more, the
   * first line of the body. RabbitMQ keeps the reason in the body; ActiveMQ Classic puts a Java
   * stack trace there.
   */
  public String brokerWords() {
    return words(frame);
  }

  /** As {@link ConnectionLostException#attempts()}, where one of the brokers refused. */
  public Map<BrokerAddress, StompException> attempts() {
    return attempts == null ? Map.of() : attempts;
  }

  /** Shows the frame as well: its headers, without secrets, and the size of its body. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // the message is for people, this for logs
  public String toString() {
    return super.toString() + " [" + printable(String.valueOf(frame)) + "]";
  }

  /** Returns the receipt of the frame that the broker refused; null if it does not say which. */
  @Nullable String named() {
    String named = frame.header("receipt-id");
    // Vert.x repeats the header of the frame instead of turning it into receipt-id.
    return named == null ? frame.header("receipt") : named;
  }

  private static String words(Frame frame) {
    String message = frame.headers().value("message").orElse("").strip();
    String first = frame.text().lines().map(String::strip).findFirst().orElse("");
    boolean adds = !first.isEmpty() && !first.contains(message) && !first.matches("\\w+\\.\\w.*");
    String words = message.isEmpty() ? first : adds ? message + ": " + first : message;
    return printable(words.length() > MOST ? words.substring(0, MOST) + "..." : words);
  }

  /** Whoever writes lines of its own into a broker's errors must not write them into a log. */
  static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  private static String server(Frame frame) {
    return Optional.ofNullable(frame.header("server"))
        .map(name -> " (" + printable(name) + ")")
        .orElse("");
  }
}
