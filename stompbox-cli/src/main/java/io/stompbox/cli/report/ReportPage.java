package io.stompbox.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of charts and tables. Charts are drawn by uPlot, which is part of the page.
 *
 * @param title stands in the head and on top
 * @param subtitle a line below; may be empty
 */
public record ReportPage(String title, String subtitle, List<Section> sections) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  public ReportPage {
    sections = List.copyOf(sections);
  }

  /** Returns the page as one file of HTML in UTF-8, with all that it needs. */
  public String html() {
    SectionWriter writer = new SectionWriter();
    sections.forEach(writer::add);
    String watch = resource("watch.js");
    String chart = resource("uPlot-1.6.32.iife.min.js");
    String draw = resource("page.js");
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Html.text(title));
    parts.put("subtitle", Html.text(subtitle));
    parts.put("scripts", hash(watch) + " " + hash(chart) + " " + hash(draw));
    parts.put("style", resource("uPlot-1.6.32.min.css") + resource("page.css"));
    parts.put("watch", watch);
    parts.put("chart", chart);
    parts.put("draw", draw);
    parts.put("sections", writer.html());
    parts.put("data", Html.json(writer.data()));
    return fill(resource("page.html"), parts);
  }

  /** In one pass, as what is filled in may look like a place. */
  private static String fill(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
  }

  /** The browser runs no script but those whose hash the page names. */
  private static String hash(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + name + " is not in the jar");
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
