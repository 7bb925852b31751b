package io.stompbox.protocol.frame;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One STOMP frame: what crosses the wire, with escapes already undone. Immutable. */
public record Frame(Command command, Headers headers, Body body) {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  /** Returns a frame without a body. */
  public static Frame of(Command command, String... namesAndValues) {
    return new Frame(command, Headers.of(namesAndValues), Body.empty());
  }

  /** Returns the value in force of a header: its first; null if the frame does not have it. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /**
   * Returns the value of a header that the specification requires of this command.
   *
   * @throws ProtocolException if the frame does not have it
   */
  public String require(String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new ProtocolException(
          ProtocolException.Fault.MISSING_HEADER,
          command + " has no header '" + name + "'; it has " + headers);
    }
    return value;
  }

  /** Returns a frame that has this header once more, at the end. */
  public Frame with(String name, String value) {
    return new Frame(command, headers.with(name, value), body);
  }

  /** Returns a frame with another body. */
  public Frame with(Body other) {
    return new Frame(command, headers, other);
  }

  /**
   * Returns an equal frame that holds nothing of anybody else's, such as the octets of an input.
   */
  public Frame copied() {
    return new Frame(command, headers.copied(), Body.of(body.toBytes()));
  }

  /** Returns the frame with {@link Headers#masked()}; itself if it has nothing to hide. */
  public Frame masked() {
    Headers masked = headers.masked();
    return masked.equals(headers) ? this : new Frame(command, masked, body);
  }

  /**
   * Returns the charset that content-type implies for the body: the one it names, UTF-8 for {@code
   * text/*} without one, empty for a blob, for no content-type and for a charset that this JVM does
   * not know.
   */
  public Optional<Charset> charset() {
    String contentType = headers.get("content-type");
    return contentType == null ? Optional.empty() : ContentType.charset(contentType);
  }

  /** Returns the body as text in {@link #charset()}, or in UTF-8 if that is empty. */
  public String text() {
    return body.text(charset().orElse(StandardCharsets.UTF_8));
  }

  /**
   * Returns the frame in one line for a log: what {@link #toString} shows, and the start of the
   * body as text, control characters as {@code ?}. A body may hold secrets, so it is shown only
   * here.
   *
   * @param octets how much of the body is shown at most; 0 shows nothing of it
   */
  public String inOneLine(int octets) {
    if (octets < 0) {
      throw new IllegalArgumentException("octets must not be negative: " + octets);
    }
    if (octets == 0 || body.isEmpty()) {
      return toString();
    }
    boolean isCut = body.size() > octets;
    String start = isCut ? body.first(octets).text() : body.text();
    return this + " '" + CONTROL.matcher(start).replaceAll("?") + (isCut ? "...'" : "'");
  }

  /** Shows command, headers without secrets, and the size of the body. */
  @Override
  public String toString() {
    return command + " " + headers + (body.isEmpty() ? "" : " " + body);
  }
}
