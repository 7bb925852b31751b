package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns octets into frames, however they are cut: feed it what arrived and ask until it has no
 * more.
 *
 * <pre>{@code
 * DecodedEvent event;
 * while ((event = decoder.decode(input)) != null) {
 *   if (event instanceof DecodedEvent.FrameDecoded decoded) {
 *     handle(decoded.frame());
 *   }
 * }
 * }</pre>
 *
 * <p>It starts before a version is agreed; call {@link #version(Version)} between the CONNECTED
 * frame and what follows it. A fault ends it: frames before the fault were returned, nothing after
 * it will be. Works in place on the array of the buffer, which it never keeps; buffers with an
 * array are faster than direct ones. Not safe to share between threads.
 */
public final class FrameDecoder {
  /** How many octets of a buffer without an array are looked at in one go. */
  private static final int COPIED = 2048;

  private static final byte[] NO_LINE = {};

  private final DecoderLimits limits;
  private final DecoderMode mode;
  private final HeaderBlock headers;

  /** The start of a line whose end has not come yet. */
  private final Octets carry = new Octets();

  /** The start of a body whose end has not come yet. */
  private final Octets partialBody = new Octets();

  private Dialect dialect;
  private State state = State.BETWEEN_FRAMES;
  private @Nullable ProtocolException failure;

  /** The index of the next octet in the array that is being decoded. */
  private int at;

  private byte[] line = NO_LINE;
  private int lineFrom;
  private int lineTo;

  private Command command = Command.CONNECT;
  private Headers frameHeaders = Headers.empty();
  private int bodyLength;

  private enum State {
    /** The next octet starts a frame, or ends a line between frames. */
    BETWEEN_FRAMES,
    /** A CR between frames came; its LF must follow. */
    AFTER_CARRIAGE_RETURN,
    /** Inside the command line. */
    COMMAND,
    /** Inside the header lines, the blank line included. */
    HEADERS,
    /** Inside a body whose length is known, its NUL included. */
    COUNTED_BODY,
    /** Inside a body that ends at the first NUL. */
    OPEN_BODY,
    /** A fault was found; nothing more is decoded. */
    FAILED
  }

  /** Creates a tolerant decoder with the default limits. */
  public FrameDecoder() {
    this(DecoderMode.TOLERANT, DecoderLimits.defaults());
  }

  /** Creates a decoder that does not know the version yet. */
  public FrameDecoder(DecoderMode mode, DecoderLimits limits) {
    this.mode = mode;
    this.limits = limits;
    this.dialect = Dialect.of(null, mode);
    this.headers = new HeaderBlock(limits, dialect);
  }

  /**
   * Sets the version of the frames that follow.
   *
   * @throws IllegalStateException inside a frame
   */
  public void version(Version version) {
    if (state != State.BETWEEN_FRAMES && state != State.AFTER_CARRIAGE_RETURN) {
      throw new IllegalStateException(
          "the version can change only between frames, but the decoder is in " + state);
    }
    dialect = Dialect.of(version, mode);
    headers.dialect(dialect);
  }

  /**
   * Consumes {@code input} up to the end of the next event. Octets of an unfinished frame are
   * consumed and kept.
   *
   * @return the event, or null if more octets are needed
   * @throws ProtocolException at the first fault, and again at each call after it
   */
  public @Nullable DecodedEvent decode(ByteBuffer input) {
    if (failure != null) {
      throw failure;
    }
    try {
      return input.hasArray() ? decodeArray(input) : decodeCopies(input);
    } catch (ProtocolException e) {
      failure = e;
      state = State.FAILED;
      throw e;
    }
  }

  /** Whether octets of a frame, or the CR of a line end, came whose end has not come yet. */
  public boolean isInsideFrame() {
    return state != State.BETWEEN_FRAMES && state != State.FAILED;
  }

  private @Nullable DecodedEvent decodeArray(ByteBuffer input) {
    int base = input.arrayOffset();
    at = base + input.position();
    DecodedEvent event = run(input.array(), base + input.limit());
    line = NO_LINE;
    input.position(at - base);
    return event;
  }

  private @Nullable DecodedEvent decodeCopies(ByteBuffer input) {
    DecodedEvent event = null;
    while (event == null && input.hasRemaining()) {
      byte[] copy = new byte[Math.min(COPIED, input.remaining())];
      int start = input.position();
      input.get(start, copy);
      at = 0;
      event = run(copy, copy.length);
      input.position(start + at);
    }
    return event;
  }

  private @Nullable DecodedEvent run(byte[] bytes, int limit) {
    DecodedEvent event = null;
    while (event == null && at < limit) {
      event =
          switch (state) {
            case BETWEEN_FRAMES -> readBetweenFrames(bytes[at]);
            case AFTER_CARRIAGE_RETURN -> readLineFeed(bytes[at]);
            case COMMAND -> readCommand(bytes, limit);
            case HEADERS -> readHeaders(bytes, limit);
            case COUNTED_BODY -> readCountedBody(bytes, limit);
            case OPEN_BODY -> readOpenBody(bytes, limit);
            case FAILED -> throw new AssertionError("decoding went on after " + failure);
          };
    }
    return event;
  }

  private @Nullable DecodedEvent readBetweenFrames(byte octet) {
    switch (octet) {
      case '\n' -> {
        at++;
        return DecodedEvent.HeartBeat.INSTANCE;
      }
      case '\r' -> {
        at++;
        if (!dialect.carriageReturnTolerated()) {
          throw new ProtocolException(
              Fault.BAD_EOL,
              "a carriage return stands between frames, but lines of STOMP "
                  + dialect.version()
                  + " end in LF alone");
        }
        state = State.AFTER_CARRIAGE_RETURN;
      }
      case 0 -> {
        at++;
        if (dialect.isStrict()) {
          throw new ProtocolException(
              Fault.BAD_COMMAND, "a NUL stands between frames, where only line ends may stand");
        }
      }
      default -> state = State.COMMAND;
    }
    return null;
  }

  private DecodedEvent readLineFeed(byte octet) {
    if (octet != '\n') {
      throw new ProtocolException(
          Fault.BAD_EOL,
          "a carriage return between frames is followed by '"
              + Shown.octet(octet)
              + "'; a line ends in LF, from STOMP 1.2 on also in CR LF");
    }
    at++;
    state = State.BETWEEN_FRAMES;
    return DecodedEvent.HeartBeat.INSTANCE;
  }

  private @Nullable DecodedEvent readCommand(byte[] bytes, int limit) {
    // A NUL can't be part of a command. Waiting for a line end after it could take for ever.
    int stop = ByteScan.indexOfEither(bytes, at, limit, (byte) '\n', (byte) 0);
    if (!nextLine(bytes, stop, limit, limits.commandLine(), "a command line")) {
      return null;
    }
    if (bytes[stop] == 0) {
      throw badCommand(line, lineFrom, lineTo, " with a NUL at its end");
    }
    int end = withoutCarriageReturn("the command line");
    if (end - lineFrom > limits.commandLine()) {
      throw lineTooLong("a command line", limits.commandLine());
    }
    command = commandOf(line, lineFrom, end);
    carry.clear();
    headers.begin(command);
    state = State.HEADERS;
    return null;
  }

  private static Command commandOf(byte[] line, int from, int to) {
    if (to - from == 7 && line[from] == 'M' && line[from + 1] == 'E' && isMessage(line, from)) {
      return Command.MESSAGE;
    }
    for (int i = from; i < to; i++) {
      if (line[i] <= ' ' || line[i] >= 0x7f || line[i] == ':') {
        throw badCommand(line, from, to, "");
      }
    }
    return Command.of(new String(line, from, to - from, StandardCharsets.US_ASCII));
  }

  private static ProtocolException badCommand(byte[] line, int from, int to, String and) {
    return new ProtocolException(
        Fault.BAD_COMMAND,
        "a command must be visible ASCII characters without ':', but the line is '"
            + Shown.text(line, from, to)
            + "'"
            + and);
  }

  private static final byte[] MESSAGE = {'M', 'E', 'S', 'S', 'A', 'G', 'E'};

  private static boolean isMessage(byte[] line, int from) {
    return Arrays.equals(line, from, from + MESSAGE.length, MESSAGE, 0, MESSAGE.length);
  }

  private @Nullable DecodedEvent readHeaders(byte[] bytes, int limit) {
    while (true) {
      int next = carry.isEmpty() ? headers.takePredicted(bytes, at, limit) : -1;
      if (next >= 0) {
        at = next;
        continue;
      }
      int stop = ByteScan.indexOf(bytes, at, limit, (byte) '\n');
      if (!nextLine(bytes, stop, limit, limits.headerLine(), "a header line")) {
        return null;
      }
      if (isBlank()) {
        carry.clear();
        return startBody();
      }
      // A line that came in pieces could not be compared with the remembered one before.
      if (carry.isEmpty() || headers.takePredicted(line, lineFrom, lineTo + 1) < 0) {
        headers.take(line, lineFrom, lineTo);
      }
      carry.clear();
    }
  }

  private boolean isBlank() {
    return lineTo == lineFrom
        || (lineTo == lineFrom + 1
            && line[lineFrom] == '\r'
            && withoutCarriageReturn("the blank line after the headers") == lineFrom);
  }

  /**
   * Takes the line that starts in {@link #carry} or at {@link #at} and ends at {@code end}; false
   * if that is -1, since its end has not come yet.
   */
  private boolean nextLine(byte[] bytes, int end, int limit, int most, String what) {
    int stop = end < 0 ? limit : end;
    int over = carry.size() + (stop - at) - most;
    // One octet more than allowed may be the CR of a line end.
    if (over > 1 || (over == 1 && stop > at && bytes[stop - 1] != '\r')) {
      throw lineTooLong(what, most);
    }
    if (end < 0) {
      carry.append(bytes, at, limit);
      at = limit;
      return false;
    }
    if (carry.isEmpty()) {
      line = bytes;
      lineFrom = at;
      lineTo = end;
    } else {
      carry.append(bytes, at, end + 1);
      line = carry.array();
      lineFrom = 0;
      lineTo = carry.size() - 1;
    }
    at = end + 1;
    return true;
  }

  private int withoutCarriageReturn(String what) {
    if (lineTo == lineFrom || line[lineTo - 1] != '\r') {
      return lineTo;
    }
    if (!dialect.carriageReturnTolerated()) {
      throw new ProtocolException(
          Fault.BAD_EOL, what + " ends in CR LF, which STOMP " + dialect.version() + " has not");
    }
    return lineTo - 1;
  }

  private ProtocolException lineTooLong(String what, int most) {
    String of = state == State.HEADERS ? " of " + command : "";
    return new ProtocolException(
        Fault.LIMIT_LINE,
        what
            + of
            + " is longer than "
            + most
            + " octets; raise DecoderLimits if you trust the peer");
  }

  private @Nullable DecodedEvent startBody() {
    frameHeaders = headers.finish();
    bodyLength = headers.contentLength(frameHeaders);
    if (bodyLength > 0 && !dialect.allowsBody(command)) {
      throw bodyNotAllowed();
    }
    state = bodyLength >= 0 ? State.COUNTED_BODY : State.OPEN_BODY;
    return null;
  }

  private @Nullable DecodedEvent readCountedBody(byte[] bytes, int limit) {
    if (partialBody.isEmpty() && limit - at > bodyLength) {
      checkNul(bytes[at + bodyLength]);
      Body body = bodyOf(bytes, at, at + bodyLength);
      at += bodyLength + 1;
      return endFrame(body);
    }
    int taken = Math.min(limit - at, bodyLength - partialBody.size());
    partialBody.expect(bodyLength);
    partialBody.append(bytes, at, at + taken);
    at += taken;
    if (at == limit) {
      return null;
    }
    checkNul(bytes[at]);
    at++;
    return endFrame(takePartialBody());
  }

  private void checkNul(byte octet) {
    if (octet != 0) {
      throw new ProtocolException(
          Fault.MISSING_NUL,
          "after the "
              + bodyLength
              + " octets that content-length of "
              + command
              + " announces there must be a NUL, but there is '"
              + Shown.octet(octet)
              + "'");
    }
  }

  private @Nullable DecodedEvent readOpenBody(byte[] bytes, int limit) {
    if (bytes[at] != 0 && !dialect.allowsBody(command)) {
      throw bodyNotAllowed();
    }
    int nul = ByteScan.indexOf(bytes, at, limit, (byte) 0);
    int end = nul < 0 ? limit : nul;
    int most = headers.mostBody();
    if (end - at > most - partialBody.size()) {
      throw new ProtocolException(
          Fault.LIMIT_BODY,
          "the body of "
              + command
              + " is longer than "
              + most
              + " octets; raise DecoderLimits if you trust the peer");
    }
    if (nul >= 0 && partialBody.isEmpty()) {
      Body body = bodyOf(bytes, at, nul);
      at = nul + 1;
      return endFrame(body);
    }
    partialBody.append(bytes, at, end);
    at = end;
    if (nul < 0) {
      return null;
    }
    at++;
    return endFrame(takePartialBody());
  }

  private ProtocolException bodyNotAllowed() {
    return new ProtocolException(
        Fault.BODY_NOT_ALLOWED, command + " has a body; only SEND, MESSAGE and ERROR may have one");
  }

  private static Body bodyOf(byte[] bytes, int from, int to) {
    return Body.wrap(Arrays.copyOfRange(bytes, from, to), 0, to - from);
  }

  private Body takePartialBody() {
    byte[] octets = partialBody.take();
    return Body.wrap(octets, 0, octets.length);
  }

  private DecodedEvent endFrame(Body body) {
    Frame frame = new Frame(command, frameHeaders, body);
    frameHeaders = Headers.empty();
    state = State.BETWEEN_FRAMES;
    return new DecodedEvent.FrameDecoded(frame);
  }
}
