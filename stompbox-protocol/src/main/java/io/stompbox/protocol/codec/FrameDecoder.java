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

  private final DecoderLimits limits;
  private final DecoderMode mode;
  private final Line line = new Line();

  /** For the version of the frames that come; replaced with {@link #headers} and {@link #body}. */
  private Dialect dialect;

  private HeaderBlock headers;
  private BodyReader body;

  private State state = State.BETWEEN_FRAMES;

  /** What ended it; thrown again at each call. */
  private @Nullable ProtocolException failure;

  /** The index of the next octet in the array that is being decoded. */
  private int at;

  /** The offset in the input that index 0 of the array that is being decoded has. */
  private long origin;

  /** The offset in the input at which the last frame starts. */
  private long frameStart;

  /** The command of the frame that is being read, and its headers once they are complete. */
  private Command command = Command.CONNECT;

  private Headers frameHeaders = Headers.empty();

  private enum State {
    /** The next octet starts a frame, or ends a line between frames. */
    BETWEEN_FRAMES,
    /** A CR between frames came; its LF must follow. */
    AFTER_CARRIAGE_RETURN,
    /** Inside the command line. */
    COMMAND,
    /** Inside the header lines, the blank line included. */
    HEADERS,
    /** Inside the body, its NUL included. */
    BODY,
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
    this.headers = new HeaderBlock(dialect, limits.duringHandshake());
    this.body = new BodyReader(dialect, limits.duringHandshake());
  }

  /**
   * Forgets everything that came, a fault included, and the version: what comes next is the start
   * of another input, as for a decoder that was just created. To go on in the same input after a
   * fault, set the version again.
   */
  public void reset() {
    dialect = Dialect.of(null, mode);
    headers = new HeaderBlock(dialect, limits.duringHandshake());
    body = new BodyReader(dialect, limits.duringHandshake());
    line.clear();
    state = State.BETWEEN_FRAMES;
    failure = null;
    origin = 0;
    at = 0;
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
    // The same octets can mean something else in another version, so no layout is kept.
    headers = new HeaderBlock(dialect, limits);
    body = new BodyReader(dialect, limits);
  }

  /**
   * Consumes {@code input} up to the end of the next event. Octets of an unfinished frame are
   * consumed and kept.
   *
   * @return the event, or null if more octets are needed
   * @throws ProtocolException at the first fault, and again at each call after it until {@link
   *     #reset}; its message says at which offset in the input the frame starts
   */
  public @Nullable DecodedEvent decode(ByteBuffer input) {
    if (failure != null) {
      throw failure;
    }
    try {
      return input.hasArray() ? decodeArray(input) : decodeCopies(input);
    } catch (ProtocolException e) {
      failure =
          new ProtocolException(
              e.fault(), e.getMessage() + " (in the frame at offset " + frameStart + ")");
      state = State.FAILED;
      throw failure;
    }
  }

  /** Whether octets of a frame, or the CR of a line end, came whose end has not come yet. */
  public boolean isInsideFrame() {
    return state != State.BETWEEN_FRAMES && state != State.FAILED;
  }

  /** How many octets were consumed since it was created or {@link #reset}. */
  public long offset() {
    return origin + at;
  }

  /** How many octets of a frame came whose end has not come yet; 0 between frames. */
  public long unfinished() {
    return isInsideFrame() ? offset() - frameStart : 0;
  }

  private @Nullable DecodedEvent decodeArray(ByteBuffer input) {
    int base = input.arrayOffset();
    startAt(base + input.position());
    DecodedEvent event = run(input.array(), base + input.limit());
    line.release();
    input.position(at - base);
    return event;
  }

  private @Nullable DecodedEvent decodeCopies(ByteBuffer input) {
    DecodedEvent event = null;
    while (event == null && input.hasRemaining()) {
      byte[] copy = new byte[Math.min(COPIED, input.remaining())];
      int start = input.position();
      input.get(start, copy);
      startAt(0);
      event = run(copy, copy.length);
      input.position(start + at);
    }
    return event;
  }

  /** Goes on with the octets at {@code index} of another array. */
  private void startAt(int index) {
    origin += at - index;
    at = index;
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
            case BODY -> readBody(bytes, limit);
            case FAILED -> throw new AssertionError("decoding went on after " + failure);
          };
    }
    return event;
  }

  private @Nullable DecodedEvent readBetweenFrames(byte octet) {
    frameStart = origin + at;
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
      throw badCommand(line.octets(), line.from(), line.to(), " with a NUL at its end");
    }
    int end = withoutCarriageReturn("the command line");
    if (end - line.from() > limits.commandLine()) {
      throw lineTooLong("a command line", limits.commandLine());
    }
    command = commandOf(line.octets(), line.from(), end);
    line.clear();
    headers.begin(command);
    state = State.HEADERS;
    return null;
  }

  /** Most frames that a client decodes are a MESSAGE, so that is looked for first. */
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
      int next = line.isCarried() ? -1 : headers.takePredicted(bytes, at, limit);
      if (next >= 0) {
        at = next;
        continue;
      }
      int stop = ByteScan.indexOf(bytes, at, limit, (byte) '\n');
      if (!nextLine(bytes, stop, limit, limits.headerLine(), "a header line")) {
        return null;
      }
      if (isBlank()) {
        line.clear();
        startBody();
        return null;
      }
      // A line that came in pieces could not be compared with the remembered one before.
      if (!line.isCarried()
          || headers.takePredicted(line.octets(), line.from(), line.to() + 1) < 0) {
        headers.take(line.octets(), line.from(), line.to());
      }
      line.clear();
    }
  }

  private boolean isBlank() {
    return line.isEmpty()
        || (line.to() == line.from() + 1
            && line.endsInCarriageReturn()
            && withoutCarriageReturn("the blank line after the headers") == line.from());
  }

  /**
   * Reads on in the line that goes on or starts at {@link #at}, and ends at {@code end}; false if
   * that is -1, since its end has not come yet.
   */
  private boolean nextLine(byte[] bytes, int end, int limit, int most, String what) {
    int stop = end < 0 ? limit : end;
    int over = line.carried() + (stop - at) - most;
    // One octet more than allowed may be the CR of a line end.
    if (over > 1 || (over == 1 && stop > at && bytes[stop - 1] != '\r')) {
      throw lineTooLong(what, most);
    }
    if (end < 0) {
      line.carry(bytes, at, limit);
      at = limit;
      return false;
    }
    line.finish(bytes, at, end);
    at = end + 1;
    return true;
  }

  /** Returns where the line ends without the CR that its LF may have. */
  private int withoutCarriageReturn(String what) {
    if (!line.endsInCarriageReturn()) {
      return line.to();
    }
    if (!dialect.carriageReturnTolerated()) {
      throw new ProtocolException(
          Fault.BAD_EOL, what + " ends in CR LF, which STOMP " + dialect.version() + " has not");
    }
    return line.to() - 1;
  }

  private ProtocolException lineTooLong(String what, int most) {
    String of = state == State.HEADERS ? " of " + command : "";
    return DecoderLimits.exceeded(
        Fault.LIMIT_LINE, what + of + " is longer than " + most + " octets");
  }

  private void startBody() {
    frameHeaders = headers.finish();
    body.begin(command, headers.contentLength(frameHeaders));
    state = State.BODY;
  }

  private @Nullable DecodedEvent readBody(byte[] bytes, int limit) {
    Body whole = body.read(bytes, at, limit);
    at = body.end();
    return whole == null ? null : endFrame(whole);
  }

  private DecodedEvent endFrame(Body whole) {
    Frame frame = new Frame(command, frameHeaders, whole);
    frameHeaders = Headers.empty();
    state = State.BETWEEN_FRAMES;
    return new DecodedEvent.FrameDecoded(frame);
  }
}
