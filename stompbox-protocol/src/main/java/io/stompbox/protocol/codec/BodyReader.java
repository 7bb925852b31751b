package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the body of one frame up to its NUL, by its announced length or else to the first NUL. */
final class BodyReader {
  /** The length of a body that ends at the first NUL. */
  static final int OPEN = -1;

  private final Dialect dialect;
  private final DecoderLimits limits;

  /** The start of a body whose end has not come yet. */
  private final Octets partial = new Octets();

  private Command command = Command.CONNECT;
  private Headers headers = Headers.empty();
  private int length = OPEN;

  /** The index behind the octets that were consumed last. */
  private int end;

  BodyReader(Dialect dialect, DecoderLimits limits) {
    this.dialect = dialect;
    this.limits = limits;
  }

  /**
   * Starts the body of a frame.
   *
   * @param contentLength the header in force; null if there is none
   */
  void begin(Command next, Headers nextHeaders, @Nullable String contentLength) {
    command = next;
    headers = nextHeaders;
    begin(contentLength == null ? OPEN : announced(contentLength));
  }

  /**
   * Starts the body of a frame whose headers follow with {@link #belongsTo}.
   *
   * @param announced its length, or {@link #OPEN}
   */
  void begin(Command next, long announced) {
    command = next;
    begin(announced);
  }

  void belongsTo(Headers itsHeaders) {
    headers = itsHeaders;
  }

  private void begin(long announced) {
    if (announced > limits.body()) {
      throw DecoderLimits.exceeded(
          Fault.LIMIT_BODY,
          "the body of "
              + command
              + " is announced with "
              + announced
              + " octets, but "
              + limits.body()
              + " are allowed");
    }
    length = (int) announced;
    if (length > 0 && !dialect.allowsBody(command)) {
      throw bodyNotAllowed();
    }
  }

  /** Returns the index of the NUL if the whole body has come at once, else -1. */
  int endOfWhole(byte[] bytes, int from, int limit) {
    if (length == OPEN) {
      int nul = ByteScan.indexOf(bytes, from, limit, (byte) 0);
      return nul - from > limits.body() || (nul > from && !dialect.allowsBody(command)) ? -1 : nul;
    }
    int nul = from + length;
    if (limit - from <= length) {
      return -1;
    }
    checkNul(bytes[nul]);
    return nul;
  }

  private long announced(String contentLength) {
    int from = 0;
    int to = contentLength.length();
    if (!dialect.isStrict()) {
      while (from < to && HeaderText.isPadding(contentLength.charAt(from))) {
        from++;
      }
      while (to > from && HeaderText.isPadding(contentLength.charAt(to - 1))) {
        to--;
      }
    }
    return number(contentLength, from, to);
  }

  private long number(String value, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        throw badLength(value);
      }
      number = number * 10 + digit;
    }
    if (from == to) {
      throw badLength(value);
    }
    return number;
  }

  private ProtocolException badLength(String value) {
    return new ProtocolException(
        Fault.BAD_CONTENT_LENGTH,
        "content-length of "
            + command
            + " must be decimal digits that fit 63 bits, but was '"
            + value
            + "'");
  }

  /**
   * Consumes octets up to the NUL or {@code limit}; {@link #end} tells how far it came.
   *
   * @return the frame, or null if its NUL has not come yet
   */
  @Nullable Frame read(byte[] bytes, int from, int limit) {
    return length == OPEN ? readOpen(bytes, from, limit) : readCounted(bytes, from, limit);
  }

  /** The index behind what {@link #read} consumed. */
  int end() {
    return end;
  }

  private @Nullable Frame readCounted(byte[] bytes, int from, int limit) {
    int missing = length - partial.size();
    if (limit - from <= missing) {
      partial.expect(length);
      partial.append(bytes, from, limit);
      end = limit;
      return null;
    }
    int nul = from + missing;
    checkNul(bytes[nul]);
    end = nul + 1;
    if (partial.isEmpty()) {
      return frame(Arrays.copyOfRange(bytes, from, nul));
    }
    partial.append(bytes, from, nul);
    return frame(partial.take());
  }

  private void checkNul(byte octet) {
    if (octet != 0) {
      throw new ProtocolException(
          Fault.MISSING_NUL,
          "after the "
              + length
              + " octets that content-length of "
              + command
              + " announces there must be a NUL, but there is '"
              + Shown.octet(octet)
              + "'");
    }
  }

  private @Nullable Frame readOpen(byte[] bytes, int from, int limit) {
    if (bytes[from] != 0 && !dialect.allowsBody(command)) {
      throw bodyNotAllowed();
    }
    int nul = ByteScan.indexOf(bytes, from, limit, (byte) 0);
    int stop = nul < 0 ? limit : nul;
    if (stop - from > limits.body() - partial.size()) {
      throw DecoderLimits.exceeded(
          Fault.LIMIT_BODY,
          "the body of " + command + " is longer than " + limits.body() + " octets");
    }
    end = nul < 0 ? limit : nul + 1;
    if (nul >= 0 && partial.isEmpty()) {
      return frame(Arrays.copyOfRange(bytes, from, nul));
    }
    partial.append(bytes, from, stop);
    return nul < 0 ? null : frame(partial.take());
  }

  private ProtocolException bodyNotAllowed() {
    return new ProtocolException(
        Fault.BODY_NOT_ALLOWED, command + " has a body; only SEND, MESSAGE and ERROR may have one");
  }

  private Frame frame(byte[] octets) {
    Frame frame = new Frame(command, headers, Body.wrap(octets, 0, octets.length));
    headers = Headers.empty();
    return frame;
  }

  /** How many octets of the body came in earlier pieces. */
  int carried() {
    return partial.size();
  }

  /** How many octets from the start of the body on had to come before its fault could be seen. */
  int reach() {
    if (!dialect.allowsBody(command)) {
      return 0;
    }
    return length == OPEN ? limits.body() : length;
  }

  /** Gives the body up and returns what came of it in earlier pieces. */
  ByteBuffer abandon() {
    headers = Headers.empty();
    return partial.hand();
  }
}
