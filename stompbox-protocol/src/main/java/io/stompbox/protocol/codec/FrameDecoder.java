package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
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
  private final Line line = new Line();

  /** For the version of the frames that come; replaced with {@link #headers} and {@link #body}. */
  private Dialect dialect;

  private HeaderBlock headers;
  private HeadLayouts layouts;
  private BodyReader body;

  /** The octets of a head that so far is like one that came before. */
  private final Octets head = new Octets();

  /** Where the head starts in the array that is being decoded; -1 if it started in one before. */
  private int headStart = -1;

  private State state = State.BETWEEN_FRAMES;

  /** What ended it; thrown again at each call. */
  private @Nullable ProtocolException failure;

  /** The index of the next octet in the array that is being decoded. */
  private int at;

  /** The offset in the input that index 0 of the array that is being decoded has. */
  private long origin;

  /** The offset in the input at which the last frame, or what is skipped, starts. */
  private long frameStart;

  /** Null in modes in which a fault is final. */
  private @Nullable Recovery recovery;

  private enum State {
    /** The next octet starts a frame, or ends a line between frames. */
    BETWEEN_FRAMES,
    /** A CR between frames came; its LF must follow. */
    AFTER_CARRIAGE_RETURN,
    /** Inside a head that so far is like one that came before. */
    KNOWN_HEAD,
    /** Inside the command line. */
    COMMAND,
    /** Inside the header lines, the blank line included. */
    HEADERS,
    /** Inside the body, its NUL included. */
    BODY,
    /** Looking for a frame, which may start here; for {@link DecoderMode#RESYNCHRONISING}. */
    SEARCH,
    /** A fault was found; nothing more is decoded. */
    FAILED
  }

  /** Creates a tolerant decoder with the default limits. */
  public FrameDecoder() {
    this(DecoderMode.TOLERANT, DecoderLimits.defaults());
  }

  /** Creates a decoder that does not know the version yet. */
  public FrameDecoder(DecoderMode mode, DecoderLimits limits) {
    this.limits = limits;
    this.dialect = Dialect.of(null, mode);
    this.headers = new HeaderBlock(dialect, limits.duringHandshake());
    this.layouts = new HeadLayouts(dialect, limits);
    this.body = new BodyReader(dialect, limits.duringHandshake());
    this.recovery = mode == DecoderMode.RESYNCHRONISING ? new Recovery(limits) : null;
  }

  /**
   * Forgets everything that came, a fault included, and the version: what comes next is the start
   * of another input, as for a decoder that was just created. To go on in the same input after a
   * fault, set the version again.
   */
  public void reset() {
    dialect = Dialect.of(null, dialect.mode());
    headers = new HeaderBlock(dialect, limits.duringHandshake());
    layouts = new HeadLayouts(dialect, limits);
    head.clear();
    body = new BodyReader(dialect, limits.duringHandshake());
    recovery = recovery == null ? null : new Recovery(limits);
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
    dialect = Dialect.of(version, dialect.mode());
    // The same octets can mean something else in another version, so no layout is kept.
    headers = new HeaderBlock(dialect, limits);
    layouts = new HeadLayouts(dialect, limits);
    body = new BodyReader(dialect, limits);
  }

  /**
   * Consumes {@code input} up to the end of the next event. Octets of an unfinished frame are
   * consumed and kept.
   *
   * @return the event, or null if more octets are needed
   * @throws ProtocolException at the first fault, and again at each call after it until {@link
   *     #reset}; its message says at which offset in the input the frame starts. Not in {@link
   *     DecoderMode#RESYNCHRONISING}
   */
  public @Nullable DecodedEvent decode(ByteBuffer input) {
    if (recovery != null) {
      return decodeOrSkip(input, recovery);
    }
    if (failure != null) {
      throw failure;
    }
    try {
      return decodeBuffer(input);
    } catch (ProtocolException e) {
      throw fail(e);
    }
  }

  /**
   * Tells that the input has ended: call it until it returns null. In {@link
   * DecoderMode#RESYNCHRONISING} an unfinished frame is skipped, and frames that it swallowed are
   * returned.
   *
   * @throws ProtocolException in the other modes, if the input ended inside a frame
   */
  public @Nullable DecodedEvent finish() {
    while (true) {
      DecodedEvent event = decode(ByteBuffer.allocate(0));
      if (event != null || !isInsideFrame()) {
        return event;
      }
      ProtocolException cut = new ProtocolException(Fault.INCOMPLETE_FRAME, cutMessage());
      if (recovery == null) {
        throw fail(cut);
      }
      if (state == State.SEARCH) {
        state = State.BETWEEN_FRAMES;
        return recovery.end(frameStart, offset());
      }
      skip(cut, recovery);
    }
  }

  private String cutMessage() {
    return "the input ended inside "
        + switch (state) {
          case KNOWN_HEAD -> "the headers of " + layouts.command();
          case HEADERS -> "the headers of " + headers.command();
          case BODY -> "the body of " + headers.command();
          case AFTER_CARRIAGE_RETURN -> "the line end CR LF";
          default -> "a command line";
        };
  }

  private ProtocolException fail(ProtocolException fault) {
    failure =
        new ProtocolException(
            fault.fault(), fault.getMessage() + " (in the frame at offset " + frameStart + ")");
    state = State.FAILED;
    return failure;
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

  private @Nullable DecodedEvent decodeOrSkip(ByteBuffer input, Recovery recovery) {
    while (true) {
      ByteBuffer held = recovery.held();
      try {
        DecodedEvent event = decodeBuffer(held == null ? input : held);
        if (event != null) {
          return event instanceof DecodedEvent.FrameDecoded && recovery.isSpoiled()
              ? recovery.end(frameStart, offset())
              : event;
        }
        if (held == null) {
          return null;
        }
      } catch (ProtocolException e) {
        skip(e, recovery);
      }
    }
  }

  private @Nullable DecodedEvent decodeBuffer(ByteBuffer input) {
    return input.hasArray() ? decodeArray(input) : decodeCopies(input);
  }

  private @Nullable DecodedEvent decodeArray(ByteBuffer input) {
    int base = input.arrayOffset();
    startAt(base + input.position());
    try {
      return run(input.array(), base + input.limit());
    } finally {
      line.release();
      input.position(at - base);
    }
  }

  private @Nullable DecodedEvent decodeCopies(ByteBuffer input) {
    DecodedEvent event = null;
    while (event == null && input.hasRemaining()) {
      byte[] copy = new byte[Math.min(COPIED, input.remaining())];
      int start = input.position();
      input.get(start, copy);
      startAt(0);
      try {
        event = run(copy, copy.length);
      } finally {
        input.position(start + at);
      }
    }
    return event;
  }

  /** Goes on with the octets at {@code index} of another array. */
  private void startAt(int index) {
    origin += at - index;
    at = index;
    headStart = -1;
  }

  private @Nullable DecodedEvent run(byte[] bytes, int limit) {
    DecodedEvent event = null;
    while (event == null && at < limit) {
      event =
          switch (state) {
            case BETWEEN_FRAMES -> readBetweenFrames(bytes, limit);
            case KNOWN_HEAD -> readKnownHead(bytes, limit);
            case AFTER_CARRIAGE_RETURN -> readLineFeed(bytes[at]);
            case COMMAND -> readCommand(bytes, limit);
            case HEADERS -> readHeaders(bytes, limit);
            case BODY -> readBody(bytes, limit);
            case SEARCH -> search(bytes, limit);
            case FAILED -> throw new AssertionError("decoding went on after " + failure);
          };
    }
    return event;
  }

  private @Nullable DecodedEvent readBetweenFrames(byte[] bytes, int limit) {
    frameStart = origin + at;
    switch (bytes[at]) {
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
      default -> {
        return startFrame(bytes, limit);
      }
    }
    return null;
  }

  private @Nullable DecodedEvent startFrame(byte[] bytes, int limit) {
    if (recovery != null) {
      recovery.search().start();
      state = State.SEARCH;
      return null;
    }
    headStart = at;
    int end = layouts.follow(bytes, at, limit);
    if (end >= 0) {
      return endKnownHead(bytes, end, limit);
    }
    if (end == HeadCursor.UNFINISHED) {
      head.append(bytes, at, limit);
      at = limit;
      state = State.KNOWN_HEAD;
    } else {
      state = State.COMMAND;
    }
    return null;
  }

  /** Mostly the whole frame is there, and its octets can be copied at once. */
  private @Nullable DecodedEvent endKnownHead(byte[] bytes, int end, int limit) {
    at = end;
    state = State.BODY;
    body.begin(layouts.command(), layouts.contentLength());
    int nul = body.endOfWhole(bytes, end, limit);
    if (nul < 0) {
      body.belongsTo(layouts.headers(bytes, headStart));
      return null;
    }
    Frame frame = layouts.frame(bytes, headStart, end, nul);
    at = nul + 1;
    state = State.BETWEEN_FRAMES;
    return new DecodedEvent.FrameDecoded(frame);
  }

  private @Nullable DecodedEvent readKnownHead(byte[] bytes, int limit) {
    int known = head.size();
    int to = Math.min(limit, at + HeadLayouts.LONGEST + 1 - known);
    head.append(bytes, at, to);
    int end = layouts.resume(head.array(), head.size());
    if (end >= 0) {
      at += end - known;
      state = State.BODY;
      body.begin(layouts.command(), layouts.contentLength());
      body.belongsTo(layouts.headers(head.array(), 0));
      head.clear();
    } else if (end == HeadCursor.UNFINISHED) {
      at = to;
    } else {
      readAgain(known);
    }
    return null;
  }

  /** Reads the octets of a head that was like another one, but is not any more, line by line. */
  private void readAgain(int size) {
    int resumed = at;
    state = State.COMMAND;
    at = 0;
    run(head.array(), size);
    at = resumed;
    head.clear();
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
      throw CommandLine.bad(line.octets(), line.from(), line.to(), " with a NUL at its end");
    }
    int end = withoutCarriageReturn("the command line");
    if (end - line.from() > limits.commandLine()) {
      throw lineTooLong("a command line", limits.commandLine());
    }
    headers.begin(CommandLine.parse(line.octets(), line.from(), end));
    line.clear();
    state = State.HEADERS;
    return null;
  }

  private @Nullable DecodedEvent readHeaders(byte[] bytes, int limit) {
    while (true) {
      int stop = ByteScan.indexOf(bytes, at, limit, (byte) '\n');
      if (!nextLine(bytes, stop, limit, limits.headerLine(), "a header line")) {
        return null;
      }
      if (isBlank()) {
        line.clear();
        startBody(bytes);
        return null;
      }
      if (recovery == null) {
        headers.take(line.octets(), line.from(), line.to());
      } else if (!takeOrSkip(recovery)) {
        return endSearch(recovery);
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
    String of = state == State.HEADERS ? " of " + headers.command() : "";
    return DecoderLimits.exceeded(
        Fault.LIMIT_LINE, what + of + " is longer than " + most + " octets");
  }

  private void startBody(byte[] bytes) {
    Headers complete = headers.finish();
    if (headStart >= 0) {
      layouts.learn(headers.command(), complete, bytes, headStart, at);
    }
    body.begin(headers.command(), complete, headers.contentLength(complete));
    state = State.BODY;
  }

  private @Nullable DecodedEvent readBody(byte[] bytes, int limit) {
    Frame frame = body.read(bytes, at, limit);
    at = body.end();
    if (frame == null) {
      return null;
    }
    state = State.BETWEEN_FRAMES;
    return new DecodedEvent.FrameDecoded(frame);
  }

  /** Takes a header line; false if the frame is given up because of it. */
  private boolean takeOrSkip(Recovery recovery) {
    FrameSearch search = recovery.search();
    search.start();
    search.advance(line.octets(), line.from(), line.to() + 1);
    try {
      if (search.found() == FrameSearch.Found.FRAME) {
        throw headers.anotherFrame(search.command());
      }
      headers.take(line.octets(), line.from(), line.to());
      return true;
    } catch (ProtocolException e) {
      recovery.spoil(e);
      if (Recovery.isFaultOfText(e, line)) {
        headers.skipLine();
        return true;
      }
      at -= line.to() + 1 - search.end();
      line.clear();
      state = State.SEARCH;
      return false;
    }
  }

  /** Goes from a fault to the search, which looks again at the line or the body that has it. */
  private void skip(ProtocolException fault, Recovery recovery) {
    recovery.spoil(fault);
    FrameSearch search = recovery.search();
    search.start();
    switch (state) {
      case AFTER_CARRIAGE_RETURN -> search.startInsideLine(0);
      case HEADERS -> search.advance(line.pieces(), 0, line.carried());
      case BODY -> skipBody(fault, recovery);
      default -> throw new AssertionError("no fault is known in " + state, fault);
    }
    line.clear();
    state = State.SEARCH;
  }

  private void skipBody(ProtocolException fault, Recovery recovery) {
    int carried = body.carried();
    int reach = fault.fault() == Fault.INCOMPLETE_FRAME ? carried : body.reach();
    long start = offset() - carried;
    ByteBuffer octets = body.abandon();
    if (recovery.mayReadAgain(reach, start + reach)) {
      recovery.hold(octets);
      origin -= carried;
    } else {
      recovery.search().startInsideLine(reach - carried);
    }
  }

  private @Nullable DecodedEvent search(byte[] bytes, int limit) {
    if (recovery == null) {
      throw new AssertionError("searching without recovery");
    }
    recovery.search().advance(bytes, at, limit);
    recovery.note(bytes, at, recovery.search().end());
    at = recovery.search().end();
    return endSearch(recovery);
  }

  /** Goes on with what the search has found, and tells what was skipped until there. */
  private @Nullable DecodedEvent endSearch(Recovery recovery) {
    FrameSearch search = recovery.search();
    long start = offset() - search.lineLength();
    switch (search.found()) {
      case NOTHING -> {
        return null;
      }
      case HEART_BEAT ->
          state = search.lineLength() == 0 ? State.BETWEEN_FRAMES : State.AFTER_CARRIAGE_RETURN;
      case FRAME -> {
        headers.begin(search.command());
        state = State.HEADERS;
      }
    }
    DecodedEvent skipped = recovery.end(frameStart, start);
    frameStart = start;
    return skipped;
  }
}
