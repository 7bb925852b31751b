package io.stompbox.cli.report;

/** Text that may stand in HTML. */
final class Html {
  private Html() {}

  /** Returns text as it may stand between tags and in quoted attributes. */
  static String text(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Returns JSON as it may stand in a script element, which ends at the first end tag. */
  static String json(String json) {
    return json.replace("<", "\\u003c");
  }
}
