package io.stompbox.cli.message;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.HeaderConverter;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.client.Outgoing;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a message is besides its destination and body. */
final class MessageOptions {
  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME:VALUE",
      converter = HeaderConverter.class,
      description = "One more header; may be given several times.")
  private List<Header> headers = new ArrayList<>();

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "The type of the body, for example application/json.")
  private @Nullable String contentType;

  @Option(
      names = "--correlation-id",
      paramLabel = "ID",
      description = "What a reply names as well (header correlation-id).")
  private @Nullable String correlationId;

  @Option(
      names = "--persistent",
      description = "Ask the broker to store the message (persistent:true).")
  private boolean persistent;

  @Option(
      names = "--priority",
      paramLabel = "N",
      converter = Priority.class,
      description = "From 0 to 9; 4 is usual. In the words of the broker.")
  private @Nullable Integer priority;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The broker drops the message after this time, in its own words.")
  private @Nullable Duration expires;

  @Option(
      names = "--no-content-length",
      description =
          "Leave content-length out: ActiveMQ Classic and Artemis "
              + "make a text message for JMS of it then.")
  private boolean withoutLength;

  /** Whether content-length is to be left out, for which the octets of the body must be known. */
  boolean isWithoutLength() {
    return withoutLength;
  }

  /**
   * Refuses headers that options contradict.
   *
   * @param replyTo what an option of the command says; null if it has none
   */
  void check(@Nullable String replyTo) {
    agrees("content-type", contentType);
    agrees("correlation-id", correlationId);
    agrees("persistent", persistent ? "true" : null);
    agrees("priority", priority == null ? null : String.valueOf(priority));
    agrees("expires", expires == null ? null : DurationConverter.text(expires));
    agrees("reply-to", replyTo);
  }

  private void agrees(String name, @Nullable String value) {
    HeaderConverter.checkAgreement(headers, name, "--" + name, value);
  }

  /** Returns a message that is like that as well; what it says itself of these things stays. */
  Outgoing applyTo(Outgoing bare) {
    Outgoing message = bare;
    for (Header header : headers) {
      try {
        message = message.header(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        throw HeaderConverter.reserved(header);
      }
    }
    message = withHeader(message, "content-type", contentType);
    message = withHeader(message, "correlation-id", correlationId);
    message = withoutLength ? message.with(ContentLength.OMITTED) : message;
    return withTerms(persistent ? message.persistent() : message);
  }

  private static Outgoing withHeader(Outgoing message, String name, @Nullable String value) {
    return value == null || message.headers().has(name) ? message : message.header(name, value);
  }

  private Outgoing withTerms(Outgoing message) {
    Outgoing more = expires == null ? message : message.expiresAfter(expires);
    return priority == null ? more : more.priority(priority);
  }

  /** Reads what STOMP's brokers know as priorities. */
  static final class Priority extends WholeNumber {
    Priority() {
      super(0, 9);
    }
  }
}
