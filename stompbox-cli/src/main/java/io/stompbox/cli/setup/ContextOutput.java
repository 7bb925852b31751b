package io.stompbox.cli.setup;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.json.JsonLine;
import io.stompbox.cli.process.OutputForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How contexts are shown, secrets hidden. */
final class ContextOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "text (default) or json.")
  private OutputForm form = OutputForm.TEXT;

  boolean isJson() {
    return form == OutputForm.JSON;
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
}
