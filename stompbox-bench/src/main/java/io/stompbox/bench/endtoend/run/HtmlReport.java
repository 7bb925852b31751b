package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.report.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** One page with the samples as charts, with all that it needs in it. */
final class HtmlReport {
  private static final String FOLDER = "/io/stompbox/bench/report/";

  private HtmlReport() {}

  static void write(Path page, List<Sample> samples, String circumstances) throws IOException {
    JsonLines<Sample> lines = new JsonLines<>(Sample.class);
    String json = samples.stream().map(lines::line).collect(Collectors.joining(",\n", "[", "]"));
    String text =
        resource("clients.html")
            .replace("{{uPlot.css}}", resource("uPlot-1.6.32.min.css"))
            .replace("{{uPlot.js}}", resource("uPlot-1.6.32.iife.min.js"))
            .replace("{{clients.js}}", resource("clients.js"))
            .replace("{{circumstances}}", escaped(circumstances))
            // Nothing in it may end the element that it stands in.
            .replace("{{samples}}", json.replace("<", "\\u003c"));
    Path folder = page.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(page, text);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("there is no resource " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
