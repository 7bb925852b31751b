package io.stompbox.cli.json;

import io.stompbox.protocol.frame.Body;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A body: text where that gives the same octets again, Base64 of them where not. */
final class BodyJson {
  static final String TEXT = "body";
  static final String BASE64 = "bodyBase64";

  private BodyJson() {}

  /** Refuses a second body of an object: {@code before} is the member that had one, or null. */
  static String only(@Nullable String before, String member, JsonSource source) {
    if (before != null) {
      throw source.at("expected one body, but found '" + member + "' beside '" + before + "'");
    }
    return member;
  }

  static void write(JsonGenerator json, Body body, Charset charset) {
    Optional<String> text = text(body, charset);
    if (text.isPresent()) {
      json.writeStringProperty(TEXT, text.get());
    } else {
      json.writeStringProperty(BASE64, Base64.getEncoder().encodeToString(body.toBytes()));
    }
  }

  private static Optional<String> text(Body body, Charset charset) {
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(body.asByteBuffer());
      String found = text.toString();
      return charset.canEncode() && encode(found, charset).equals(body)
          ? Optional.of(found)
          : Optional.empty();
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /**
   * Returns the octets of a text.
   *
   * @throws CharacterCodingException if the charset can't carry it
   */
  static Body encode(String text, Charset charset) throws CharacterCodingException {
    ByteBuffer octets =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .encode(CharBuffer.wrap(text));
    return Body.wrap(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
  }
}
