package io.stompbox.cli.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.client.Delivery;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Messages as JSON:
 *
 * <pre>{@code
 * {"destination":"/queue/a","messageId":"m-1","subscription":"1","headers":{"priority":"4"},
 *  "body":"hi","receivedAt":"2026-11-21T08:00:00.123Z"}
 * }</pre>
 *
 * <p>on one line. {@code headers} has the first value of each header. The body is text in the
 * charset of its content-type, or else in UTF-8; {@code bodyBase64} if its octets are none. {@code
 * redelivered} is there if it is true. The same object is read as a message to be sent, where
 * everything but the body may be left out.
 */
public final class MessageJson {
  private static final String DESTINATION = "destination";
  private static final String MESSAGE_ID = "messageId";
  private static final String SUBSCRIPTION = "subscription";
  private static final String HEADERS = "headers";
  private static final String REDELIVERED = "redelivered";
  private static final String RECEIVED_AT = "receivedAt";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private MessageJson() {}

  /** Returns a message as an object, without a line end. */
  public static byte[] line(Delivery message, Instant receivedAt) {
    return line(message.frame(), message.destination(), receivedAt);
  }

  /**
   * Returns a message as an object, without a line end.
   *
   * @param destination what it was sent to, which the broker may not say
   */
  public static byte[] line(Frame message, String destination, Instant receivedAt) {
    return JsonLine.of(
        json -> {
          json.writeStringProperty(DESTINATION, destination);
          writeIfPresent(json, MESSAGE_ID, message.header("message-id"));
          writeIfPresent(json, SUBSCRIPTION, message.header("subscription"));
          json.writeObjectPropertyStart(HEADERS);
          message.headers().asMap().forEach(json::writeStringProperty);
          json.writeEndObject();
          BodyJson.write(json, message.body(), charset(message));
          if ("true".equals(message.header("redelivered"))) {
            json.writeBooleanProperty(REDELIVERED, true);
          }
          json.writeStringProperty(RECEIVED_AT, TIME.format(receivedAt));
        });
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static Charset charset(Frame message) {
    return message.charset().orElse(UTF_8);
  }

  /**
   * Reads the next message; empty at the end of the input.
   *
   * @throws io.stompbox.cli.process.Failure if it is not JSON, or no such object
   */
  public static Optional<Envelope> read(JsonSource source) {
    if (!source.nextObject()) {
      return Optional.empty();
    }
    Members members = new Members();
    for (String name = source.nextMember(); name != null; name = source.nextMember()) {
      members.read(name, source);
    }
    return Optional.of(members.envelope(source));
  }

  /** What came of one object, in any order. */
  private static final class Members {
    private @Nullable String destination;
    private Headers headers = Headers.empty();
    private @Nullable String text;
    private Body body = Body.empty();

    /** Where the body came from; null if there was none. */
    private @Nullable String bodyMember;

    private boolean wasReceived;

    void read(String name, JsonSource source) {
      switch (name) {
        case DESTINATION -> destination = source.string(name);
        case HEADERS -> headers = FrameJson.headers(source);
        case BodyJson.TEXT -> {
          bodyMember = BodyJson.only(bodyMember, name, source);
          text = source.string(name);
        }
        case BodyJson.BASE64 -> {
          bodyMember = BodyJson.only(bodyMember, name, source);
          body = Body.of(source.base64(name));
        }
        case MESSAGE_ID -> {
          wasReceived = true;
          source.skip();
        }
        case SUBSCRIPTION, REDELIVERED, RECEIVED_AT -> source.skip();
        default -> throw source.unknown(name, DESTINATION, HEADERS, BodyJson.TEXT, BodyJson.BASE64);
      }
    }

    Envelope envelope(JsonSource source) {
      Frame head = new Frame(Command.SEND, headers, Body.empty());
      Charset charset = charset(head);
      try {
        Body whole = text == null ? body : BodyJson.encode(text, charset);
        return new Envelope(Optional.ofNullable(destination), headers, whole, wasReceived);
      } catch (CharacterCodingException | UnsupportedOperationException e) {
        throw source.at("the text in 'body' can't be written in " + charset + "; use bodyBase64");
      }
    }
  }
}
