package io.stompbox.cli.setup;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How contexts are shown, secrets hidden. */
final class ContextOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = Converter.class,
      description = "text (default) or json.")
  private String form = "text";

  boolean isJson() {
    return form.equals("json");
  }

  static String json(Context context, Path file, boolean isSelected) {
    byte[] line =
        JsonLine.of(
            json -> {
              json.writeStringProperty("name", context.name());
              json.writeBooleanProperty("selected", isSelected);
              json.writeStringProperty("file", file.toString());
              json.writeObjectPropertyStart("values");
              context.shown().forEach(json::writeStringProperty);
              json.writeEndObject();
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  /** Knows the two forms. */
  static final class Converter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.equals("text") && !text.equals("json")) {
        throw new TypeConversionException("'" + text + "' must be text or json");
      }
      return text;
    }
  }
}
