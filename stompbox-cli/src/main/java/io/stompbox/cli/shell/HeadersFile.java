package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Headers as a file has them: one JSON object of names and values. */
final class HeadersFile {
  private HeadersFile() {}

  /**
   * Reads them.
   *
   * @throws Failure if the file can't be read or holds something else
   */
  static List<Header> read(Path file) {
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
      List<Header> headers = new ArrayList<>();
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      while (isObject && json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        isObject = json.nextToken().isScalarValue();
        headers.add(new Header(name, String.valueOf(json.getString())));
      }
      if (!isObject) {
        throw notHeaders(file);
      }
      return headers;
    } catch (IOException e) {
      throw Files.exists(file) ? notHeaders(file) : notFound(file);
    } catch (JacksonException e) {
      throw notHeaders(file);
    }
  }

  private static Failure notHeaders(Path file) {
    return Failure.usage(
        "the headers in " + file + " can't be read", "they look like {\"name\":\"value\"}");
  }

  static Failure notFound(Path file) {
    return Failure.usage("File " + file + " was not found");
  }
}
