package io.stompbox.cli.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * Frames as JSON, header by header as they cross the wire:
 *
 * <pre>{@code
 * {"offset":0,"command":"MESSAGE","headers":[["destination","/queue/a"],["to","x"],["to","y"]],"body":"hi"}
 * {"offset":54,"heartBeat":true}
 * {"offset":55,"octets":9,"error":"MALFORMED_HEADER","reason":"header line 1 of SEND has no ':'"}
 * }</pre>
 *
 * <p>A body whose octets are not UTF-8 is {@code bodyBase64}; a frame without a body has neither.
 */
public final class FrameJson {
  private static final String OFFSET = "offset";
  private static final String COMMAND = "command";
  private static final String HEADERS = "headers";
  private static final String HEART_BEAT = "heartBeat";
  private static final String OCTETS = "octets";
  private static final String ERROR = "error";
  private static final String REASON = "reason";

  private FrameJson() {}

  /** Returns a frame as an object, without a line end. Secrets are shown: mask them before. */
  public static byte[] line(Frame frame) {
    return line(new FrameEntry.Whole(OptionalLong.empty(), frame));
  }

  /** Returns an entry as an object, without a line end. */
  public static byte[] line(FrameEntry entry) {
    return JsonLine.of(
        json -> {
          entry.offset().ifPresent(offset -> json.writeNumberProperty(OFFSET, offset));
          writeMembers(json, entry);
        });
  }

  private static void writeMembers(JsonGenerator json, FrameEntry entry) {
    if (entry instanceof FrameEntry.Whole whole) {
      write(json, whole.frame());
    } else if (entry instanceof FrameEntry.HeartBeat) {
      json.writeBooleanProperty(HEART_BEAT, true);
    } else if (entry instanceof FrameEntry.Faulty faulty) {
      json.writeNumberProperty(OCTETS, faulty.octets());
      json.writeStringProperty(ERROR, faulty.fault().name());
      json.writeStringProperty(REASON, faulty.reason());
    }
  }

  /** Writes the members of a frame into an object that is open. */
  public static void write(JsonGenerator json, Frame frame) {
    json.writeStringProperty(COMMAND, frame.command().name());
    json.writeArrayPropertyStart(HEADERS);
    for (Header header : frame.headers()) {
      json.writeStartArray();
      json.writeString(header.name());
      json.writeString(header.value());
      json.writeEndArray();
    }
    json.writeEndArray();
    if (!frame.body().isEmpty()) {
      BodyJson.write(json, frame.body(), UTF_8);
    }
  }

  /**
   * Reads the next entry; empty at the end of the input.
   *
   * @throws io.stompbox.cli.process.Failure if it is not JSON, or no such object
   */
  public static Optional<FrameEntry> read(JsonSource source) {
    if (!source.nextObject()) {
      return Optional.empty();
    }
    Members members = new Members();
    for (String name = source.nextMember(); name != null; name = source.nextMember()) {
      members.read(name, source);
    }
    return Optional.of(members.entry(source));
  }

  /**
   * Reads an object of names and values as headers; none at the end of the input.
   *
   * @throws io.stompbox.cli.process.Failure if it is something else
   */
  public static Headers readHeaders(JsonSource source) {
    return source.nextObject() ? headers(source) : Headers.empty();
  }

  /** Reads a list of pairs, or an object, whose names are then all different. */
  static Headers headers(JsonSource source) {
    Headers.Builder headers = Headers.builder();
    if (source.isAt(JsonToken.START_OBJECT)) {
      for (String name = source.nextMember(); name != null; name = source.nextMember()) {
        headers.add(name, source.scalar("header '" + name + "'"));
      }
      return headers.build();
    }
    if (!source.isAt(JsonToken.START_ARRAY)) {
      throw source.expected("a list of [\"name\",\"value\"] for '" + HEADERS + "'");
    }
    while (source.nextItem()) {
      readPair(source, headers);
    }
    return headers.build();
  }

  private static void readPair(JsonSource source, Headers.Builder headers) {
    if (!source.isAt(JsonToken.START_ARRAY) || !source.nextItem()) {
      throw source.expected("[\"name\",\"value\"] for each header");
    }
    String name = source.string("the name of a header");
    if (!source.nextItem()) {
      throw source.expected("a value for header '" + name + "'");
    }
    headers.add(name, source.scalar("header '" + name + "'"));
    if (source.nextItem()) {
      throw source.expected("the end of header '" + name + "' behind its value");
    }
  }

  /** What came of one object, in any order. */
  private static final class Members {
    private OptionalLong offset = OptionalLong.empty();
    private boolean heartBeat;
    private long octets;
    private @Nullable Fault fault;
    private String reason = "";
    private @Nullable Command command;
    private Headers headers = Headers.empty();
    private Body body = Body.empty();

    /** Where the body came from; null if there was none. */
    private @Nullable String bodyMember;

    void read(String name, JsonSource source) {
      switch (name) {
        case OFFSET -> offset = OptionalLong.of(source.number(name));
        case COMMAND -> command = command(source);
        case HEADERS -> headers = headers(source);
        case BodyJson.TEXT, BodyJson.BASE64 -> {
          bodyMember = BodyJson.only(bodyMember, name, source);
          body = name.equals(BodyJson.TEXT) ? text(source) : Body.of(source.base64(name));
        }
        case HEART_BEAT -> heartBeat = heartBeat(source);
        case OCTETS -> octets = source.number(name);
        case ERROR -> fault = fault(source);
        case REASON -> reason = source.string(name);
        default ->
            throw source.unknown(
                name, COMMAND, HEADERS, BodyJson.TEXT, BodyJson.BASE64, OFFSET, HEART_BEAT);
      }
    }

    FrameEntry entry(JsonSource source) {
      if (command != null) {
        return new FrameEntry.Whole(offset, new Frame(command, headers, body));
      }
      if (heartBeat) {
        return new FrameEntry.HeartBeat(offset);
      }
      if (fault != null) {
        return new FrameEntry.Faulty(offset, octets, fault, reason);
      }
      throw source.at("expected a member named command before the end of the object");
    }

    private static Command command(JsonSource source) {
      try {
        return Command.of(source.string(COMMAND));
      } catch (IllegalArgumentException e) {
        throw source.at(String.valueOf(e.getMessage()));
      }
    }

    private static Body text(JsonSource source) {
      try {
        return BodyJson.encode(source.string(BodyJson.TEXT), UTF_8);
      } catch (CharacterCodingException e) {
        throw source.at("expected text in 'body', but found half of a surrogate pair");
      }
    }

    private static boolean heartBeat(JsonSource source) {
      if (!source.isAt(JsonToken.VALUE_TRUE)) {
        throw source.expected("true for '" + HEART_BEAT + "'");
      }
      return true;
    }

    private static Fault fault(JsonSource source) {
      String name = source.string(ERROR);
      try {
        return Fault.valueOf(name.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw source.at("expected a known fault in 'error', but found '" + name + "'");
      }
    }
  }
}
