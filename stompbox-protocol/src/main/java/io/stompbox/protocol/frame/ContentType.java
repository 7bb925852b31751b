package io.stompbox.protocol.frame;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** What a content-type header says about the charset of a body (STOMP 1.2, "content-type"). */
final class ContentType {
  private ContentType() {}

  /**
   * Returns the charset that the value names; UTF-8 for text without one; empty if the body is a
   * blob or the charset is not known here. Never fails: a value that is not a MIME type is no
   * reason to lose a message.
   */
  static Optional<Charset> charset(String contentType) {
    String[] parts = contentType.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase("charset")) {
        return find(parts[i].substring(equals + 1).strip());
      }
    }
    return parts[0].strip().toLowerCase(Locale.ROOT).startsWith("text/")
        ? Optional.of(StandardCharsets.UTF_8)
        : Optional.empty();
  }

  private static Optional<Charset> find(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    try {
      return Optional.of(Charset.forName(quoted ? name.substring(1, name.length() - 1) : name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }
}
