package io.stompbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;

/**
 * How large a frame a broker takes. It ends the connection at a larger one, and with it everything
 * else that is under way, so such a frame is refused before it is sent.
 *
 * @param headers how many headers; {@link Integer#MAX_VALUE} if no limit is known, here and below
 * @param headerOctets of one header line in UTF-8, the colon and escapes included
 * @param bodyOctets of the body
 */
public record FrameLimits(int headers, int headerOctets, int bodyOctets) {
  /** No limit is known. */
  public static final FrameLimits NONE =
      new FrameLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** The most octets that UTF-8 or an escape takes for one char. */
  private static final int OCTETS_PER_CHAR = 3;

  /** The encoder adds content-length. */
  private static final int ADDED = 1;

  /** Refuses what is not above zero. */
  public FrameLimits {
    if (headers < 1 || headerOctets < 1 || bodyOctets < 1) {
      throw new IllegalArgumentException(
          "limits must be at least 1: " + headers + ", " + headerOctets + ", " + bodyOctets);
    }
  }

  /**
   * Checks a frame before it is encoded.
   *
   * @throws IllegalFrameException if the broker would not take it
   */
  void check(Frame frame) {
    if (equals(NONE)) {
      return;
    }
    Headers given = frame.headers();
    if (given.size() > headers - (given.has("content-length") ? 0 : ADDED)) {
      throw tooLarge(
          frame, "has " + given.size() + " headers", headers + " headers, content-length included");
    }
    for (int i = 0; i < given.size(); i++) {
      check(frame, given.name(i), given.value(i));
    }
    long octets = octets(frame);
    if (octets > bodyOctets) {
      throw tooLarge(frame, "has a body of " + octets + " octets", bodyOctets + " octets");
    }
  }

  /** Those of the body, which may be elsewhere; then the head has its content-length. */
  static long octets(Frame frame) {
    String announced = frame.body().isEmpty() ? frame.header("content-length") : null;
    return announced == null ? frame.body().size() : Long.parseLong(announced);
  }

  private void check(Frame frame, String name, String value) {
    long most = (long) OCTETS_PER_CHAR * (name.length() + value.length()) + 1;
    if (most > headerOctets) {
      long octets = octets(name) + octets(value) + 1;
      if (octets > headerOctets) {
        throw tooLarge(
            frame,
            "has a line of " + octets + " octets for header '" + name + "'",
            headerOctets + " octets in a line");
      }
    }
  }

  private static long octets(String text) {
    long escapes =
        text.chars().filter(c -> c == '\\' || c == ':' || c == '\n' || c == '\r').count();
    return text.getBytes(UTF_8).length + escapes;
  }

  private static IllegalFrameException tooLarge(Frame frame, String what, String limit) {
    return new IllegalFrameException(
        Reason.TOO_LARGE_FOR_BROKER,
        frame.command()
            + " "
            + what
            + ", but the broker takes at most "
            + limit
            + "; if it was set up to take more, tell the client by"
            + " profile(BrokerProfile.NAME.with(new FrameLimits(…))), or by the setting"
            + " profile=generic, which knows no limits");
  }
}
