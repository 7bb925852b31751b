package io.stompbox.cli.json;

import io.stompbox.cli.process.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Objects that come one after the other, mostly one a line, each read as soon as its end is there.
 * What is wrong is a {@link Failure} that says in which line and column. Not safe to share between
 * threads.
 */
public final class JsonSource {
  /** Room for the largest body that a decoder takes, as Base64. */
  private static final int LONGEST_TEXT = 100_000_000;

  private static final int DEEPEST = 8;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_TEXT)
                  .maxNestingDepth(DEEPEST)
                  .build())
          .build();

  private static final Map<JsonToken, String> NAMES =
      Map.of(
          JsonToken.START_OBJECT, "an object",
          JsonToken.START_ARRAY, "a list",
          JsonToken.VALUE_STRING, "a string",
          JsonToken.VALUE_NUMBER_INT, "a number",
          JsonToken.VALUE_NUMBER_FLOAT, "a number",
          JsonToken.VALUE_TRUE, "true",
          JsonToken.VALUE_FALSE, "false",
          JsonToken.VALUE_NULL, "null",
          JsonToken.END_ARRAY, "the end of the list",
          JsonToken.END_OBJECT, "the end of the object");

  private final String name;
  private final JsonParser parser;

  /**
   * Creates one.
   *
   * @param stream in UTF-8; the caller closes it
   * @param name what to call it in failures, such as {@code orders.jsonl}
   */
  public JsonSource(InputStream stream, String name) {
    this.name = name;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), stream);
  }

  /** Returns a source of one text, such as a line that somebody typed. */
  public static JsonSource of(String text, String name) {
    return new JsonSource(FACTORY.createParser(ObjectReadContext.empty(), text), name);
  }

  private JsonSource(JsonParser parser, String name) {
    this.name = name;
    this.parser = parser;
  }

  /** Moves into the next object; false at the end of the input. */
  boolean nextObject() {
    JsonToken token = advance();
    if (token == null) {
      return false;
    }
    if (token != JsonToken.START_OBJECT) {
      throw expected("an object, such as {\"body\":\"hi\"}");
    }
    return true;
  }

  /** Moves to the value of the next member and returns its name; null at the end of the object. */
  @Nullable String nextMember() {
    JsonToken token = advance();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    String member = parser.currentName();
    advance();
    return member;
  }

  /** Moves to the next value of a list; false at its end. */
  boolean nextItem() {
    return advance() != JsonToken.END_ARRAY;
  }

  boolean isAt(JsonToken token) {
    return parser.currentToken() == token;
  }

  /** Skips the value, whatever it is. */
  void skip() {
    try {
      parser.skipChildren();
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  /** Returns the value, which must be a string. */
  String string(String member) {
    if (!isAt(JsonToken.VALUE_STRING)) {
      throw expected("a string for '" + member + "'");
    }
    return text();
  }

  /** Returns a string, or a number or truth value as the text it was written as. */
  String scalar(String what) {
    boolean isScalar =
        parser.currentToken() != null
            && parser.currentToken().isScalarValue()
            && !isAt(JsonToken.VALUE_NULL);
    if (!isScalar) {
      throw expected("a string for " + what);
    }
    return text();
  }

  long number(String member) {
    try {
      if (isAt(JsonToken.VALUE_NUMBER_INT)) {
        return parser.getLongValue();
      }
    } catch (JacksonException tooLarge) {
      throw expected("a number of 64 bits for '" + member + "'");
    }
    throw expected("a whole number for '" + member + "'");
  }

  /** Returns octets that are written as Base64. */
  byte[] base64(String member) {
    String text = string(member);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw at("expected Base64 in '" + member + "', but found other characters or a wrong length");
    }
  }

  private String text() {
    try {
      return parser.getString();
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  private @Nullable JsonToken advance() {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  /** Returns the failure for a value of another kind. */
  Failure expected(String what) {
    JsonToken token = parser.currentToken();
    return at(
        "expected " + what + ", but found " + NAMES.getOrDefault(token, String.valueOf(token)));
  }

  /** Returns the failure for a member that means nothing. */
  Failure unknown(String member, String... known) {
    return at(
        "expected a member named "
            + String.join(", ", Arrays.asList(known))
            + ", but found '"
            + member
            + "'");
  }

  /** Returns the failure for what stands where the source is. */
  public Failure at(String sentence) {
    return failure(parser.currentTokenLocation(), sentence);
  }

  private Failure broken(JacksonException e) {
    if (e instanceof JacksonIOException io) {
      IOException reason = io.getCause();
      return reason == null
          ? Failure.usage("cannot read " + name + ": " + io.getOriginalMessage())
          : Failure.ofInput(name, reason);
    }
    TokenStreamLocation place = e.getLocation();
    return failure(place == null ? parser.currentLocation() : place, sentence(e));
  }

  /** In words of ours where those of the parser speak of its own options. */
  private static String sentence(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("not JSON");
    if (e instanceof UnexpectedEndOfInputException) {
      return "the input ends before the object does";
    }
    if (e instanceof StreamConstraintsException) {
      return message.contains("depth")
          ? "there are more than " + DEEPEST + " lists and objects inside each other"
          : "a string, name or number is too long; a string has "
              + LONGEST_TEXT
              + " characters at most";
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private Failure failure(TokenStreamLocation place, String sentence) {
    return Failure.usage(
        "%s line %d, column %d: %s"
            .formatted(name, place.getLineNr(), place.getColumnNr(), sentence));
  }
}
