package io.stompbox.cli.json;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object as one line of output. */
public final class JsonLine {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().characterEscapes(new TerminalEscapes()).build();

  private JsonLine() {}

  /**
   * Returns an object in UTF-8, without a line end; there is none inside either.
   *
   * @param members writes them
   */
  public static byte[] of(Consumer<JsonGenerator> members) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), octets)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return octets.toByteArray();
  }
}
