package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the body of one frame up to its NUL, by its announced length or else to the first NUL. */
final class BodyReader {
  /** The length of a body that ends at the first NUL. */
  static final int OPEN = -1;

  /** The length of a body that {@link #streamed} reads. */
  private static final int STREAMED = -2;

  private final Dialect dialect;

  /** Octets of a body that is kept. */
  private final int most;

  /** Octets of a streamed body; less than {@link #most} if none is. */
  private final long mostStreamed;

  /** The start of a body whose end has not come yet. */
  private final Octets partial = new Octets();

  private Command command = Command.CONNECT;
  private Headers headers = Headers.empty();
  private int length = OPEN;
  private @Nullable StreamedBody streamed;

  /** The index behind the octets that were consumed last. */
  private int end;

  BodyReader(Dialect dialect, DecoderLimits limits, BodyStreaming streaming) {
    this.dialect = dialect;
    this.most = Math.min(limits.body(), streaming.above());
    this.mostStreamed = streaming.above() < limits.body() ? streaming.most() : -1;
  }

  /**
   * Starts the body of a frame.
   *
   * @param contentLength the header in force; null if there is none
   * @return null if the body comes with its frame
   */
  @Nullable DecodedEvent begin(Command next, Headers itsHeaders, @Nullable String contentLength) {
    command = next;
    headers = itsHeaders;
    long announced = contentLength == null ? OPEN : announced(contentLength);
    return begin(next, announced) ? null : beginStreamed(announced, itsHeaders);
  }

  /**
   * Starts the body of a frame whose headers follow with {@link #belongsTo}.
   *
   * @param announced its length, or {@link #OPEN}
   * @return whether it is kept; if not, it is started with {@link #beginStreamed}
   */
  boolean begin(Command next, long announced) {
    if (!next.equals(command)) {
      command = next;
    }
    length = OPEN;
    if (announced > 0 && !dialect.allowsBody(next)) {
      throw bodyNotAllowed();
    }
    if (announced > most) {
      checkStreamed(announced);
      return false;
    }
    length = (int) announced;
    partial.expect(Math.max(0, length));
    return true;
  }

  void belongsTo(Headers itsHeaders) {
    headers = itsHeaders;
  }

  private void checkStreamed(long announced) {
    if (announced > mostStreamed) {
      throw DecoderLimits.exceededBy(
          announced,
          "the body of "
              + command
              + " is announced with "
              + announced
              + " octets, but "
              + Math.max(most, mostStreamed)
              + " are allowed");
    }
  }

  /**
   * Starts a body that is not kept.
   *
   * @param announced its length, or {@link #OPEN}
   */
  DecodedEvent beginStreamed(long announced, Headers itsHeaders) {
    streamed = new StreamedBody(command, announced, mostStreamed, partial.hand());
    length = STREAMED;
    headers = Headers.empty();
    return new DecodedEvent.BodyStarted(
        new Frame(command, itsHeaders, Body.empty()),
        announced == OPEN ? OptionalLong.empty() : OptionalLong.of(announced));
  }

  /** Returns the index of the NUL if the whole body has come at once, else -1. */
  int endOfWhole(byte[] bytes, int from, int limit) {
    if (length == OPEN) {
      int nul = ByteScan.indexOf(bytes, from, limit, (byte) 0);
      return nul - from > most || (nul > from && !dialect.allowsBody(command)) ? -1 : nul;
    }
    int nul = from + length;
    if (limit - from <= length) {
      return -1;
    }
    checkNul(bytes[nul], command, length);
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
            + Shown.text(value)
            + "'");
  }

  /**
   * Consumes octets up to an event or {@code limit}; {@link #end} tells how far it came.
   *
   * @return the frame, which has ended then unless {@link #isStreaming}; null if its NUL has not
   *     come yet
   */
  @Nullable DecodedEvent read(byte[] bytes, int from, int limit) {
    if (length >= 0) {
      return readCounted(bytes, from, limit);
    }
    if (length == OPEN) {
      return readOpen(bytes, from, limit);
    }
    ByteBuffer input = ByteBuffer.wrap(bytes, from, limit - from);
    end = from;
    DecodedEvent event = stream(input);
    end = input.position();
    return event;
  }

  /** Whether a body is being streamed. */
  boolean isStreaming() {
    return length == STREAMED;
  }

  /** Consumes octets of a body that is being streamed. */
  DecodedEvent stream(ByteBuffer input) {
    if (streamed == null) {
      throw new IllegalStateException("no body is being streamed");
    }
    DecodedEvent event = streamed.next(input);
    if (streamed.isEnded()) {
      streamed = null;
      length = OPEN;
    }
    return event;
  }

  /** The index behind what {@link #read} consumed. */
  int end() {
    return end;
  }

  private @Nullable DecodedEvent readCounted(byte[] bytes, int from, int limit) {
    if (take(bytes, from, limit)) {
      end = limit;
      return null;
    }
    int nul = from + length - partial.size();
    checkNul(bytes[nul], command, length);
    end = nul + 1;
    if (partial.isEmpty()) {
      return frame(Arrays.copyOfRange(bytes, from, nul));
    }
    partial.append(bytes, from, nul);
    return frame(partial.take());
  }

  /** Where a body of known length is put, which may be done without asking, as far as it fills. */
  Octets counted() {
    return partial;
  }

  /** Takes octets that are all within a body of known length; false if they are not. */
  private boolean take(byte[] bytes, int from, int limit) {
    if (limit - from > length - partial.size()) {
      return false;
    }
    partial.append(bytes, from, limit);
    return true;
  }

  static void checkNul(byte octet, Command command, long length) {
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

  private @Nullable DecodedEvent readOpen(byte[] bytes, int from, int limit) {
    if (bytes[from] != 0 && !dialect.allowsBody(command)) {
      throw bodyNotAllowed();
    }
    int nul = ByteScan.indexOf(bytes, from, limit, (byte) 0);
    int stop = nul < 0 ? limit : nul;
    if (stop - from > most - partial.size()) {
      return exceeded(from);
    }
    end = nul < 0 ? limit : nul + 1;
    if (nul >= 0 && partial.isEmpty()) {
      return frame(Arrays.copyOfRange(bytes, from, nul));
    }
    partial.append(bytes, from, stop);
    return nul < 0 ? null : frame(partial.take());
  }

  private DecodedEvent exceeded(int from) {
    if (mostStreamed < 0) {
      throw tooLong(command, most);
    }
    end = from;
    return beginStreamed(OPEN, headers);
  }

  static ProtocolException tooLong(Command command, long most) {
    return DecoderLimits.exceededBy(
        most + 1, "the body of " + command + " is longer than " + most + " octets");
  }

  private ProtocolException bodyNotAllowed() {
    return new ProtocolException(
        Fault.BODY_NOT_ALLOWED, command + " has a body; only SEND, MESSAGE and ERROR may have one");
  }

  private DecodedEvent frame(byte[] octets) {
    Frame frame = new Frame(command, headers, Body.wrap(octets, 0, octets.length));
    headers = Headers.empty();
    return new DecodedEvent.FrameDecoded(frame);
  }

  /** The command of the frame. */
  Command command() {
    return command;
  }

  /** How many octets of the body came in earlier pieces. */
  int carried() {
    return partial.size();
  }

  /**
   * How many octets from the start of the body on had to come before its fault could be seen; not
   * for streamed ones.
   */
  int reach() {
    if (!dialect.allowsBody(command)) {
      return 0;
    }
    return length == OPEN ? most : length;
  }

  /** Gives the body up and returns what came of it in earlier pieces. */
  ByteBuffer abandon() {
    streamed = null;
    length = OPEN;
    headers = Headers.empty();
    return partial.hand();
  }
}
