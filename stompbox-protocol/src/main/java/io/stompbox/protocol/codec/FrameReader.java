package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The states of a decoder: reads one input, array by array, up to its first fault, or from fault to
 * fault if it has a {@link Recovery}.
 */
final class FrameReader {
  private final DecoderLimits limits;
  private final @Nullable Recovery recovery;

  /** For the version of the frames that come; replaced with what depends on it. */
  private Dialect dialect;

  private HeadLines lines;
  private HeadLayouts layouts;
  private BodyReader body;

  /** What came of a body of known length. */
  private Octets counted;

  /** The octets of a head that comes in pieces. */
  private final Octets head = new Octets();

  /**
   * Where in the array that is being read the octets of the head start that are not in {@link
   * #head} yet; -1 if they are not kept.
   */
  private int headStart = -1;

  private State state = State.BETWEEN_FRAMES;

  /** The index of the next octet in the array that is being decoded. */
  private int at;

  /** The offset in the input that index 0 of the array that is being decoded has. */
  private long origin;

  /** The offset in the input at which the last frame, or what is skipped, starts. */
  private long frameStart;

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
    SEARCH
  }

  FrameReader(DecoderMode mode, DecoderLimits limits) {
    this.limits = limits;
    this.dialect = Dialect.of(null, mode);
    this.recovery = mode == DecoderMode.RESYNCHRONISING ? new Recovery(limits) : null;
    this.lines = new HeadLines(dialect, limits.duringHandshake(), recovery);
    this.layouts = new HeadLayouts(dialect, limits, FrameOctets.COPIED);
    this.body = new BodyReader(dialect, limits.duringHandshake(), BodyStreaming.off());
    this.counted = body.counted();
  }

  /** Changes the version, between frames only. */
  void version(Version version, BodyStreaming streaming, FrameOctets octets) {
    if (state != State.BETWEEN_FRAMES && state != State.AFTER_CARRIAGE_RETURN) {
      throw new IllegalStateException(
          "the version can change only between frames, but the decoder is in " + state);
    }
    dialect = Dialect.of(version, dialect.mode());
    // The same octets can mean something else in another version, so no layout is kept.
    lines = new HeadLines(dialect, limits, recovery);
    layouts = new HeadLayouts(dialect, limits, octets);
    body = new BodyReader(dialect, limits, streaming);
    counted = body.counted();
  }

  /** Null if a fault is final. */
  @Nullable Recovery recovery() {
    return recovery;
  }

  boolean isInsideFrame() {
    return state != State.BETWEEN_FRAMES;
  }

  /** Whether a body is being streamed: then {@link #stream} reads buffers without an array. */
  boolean isStreaming() {
    return body.isStreaming();
  }

  boolean isSearching() {
    return state == State.SEARCH;
  }

  /** How many octets of the input were consumed. */
  long offset() {
    return origin + at;
  }

  /** Where the last frame, or what is skipped, starts. */
  long frameStart() {
    return frameStart;
  }

  /** The index of the next octet in the array that was read last. */
  int at() {
    return at;
  }

  /** Consumes [from, limit) of an array up to an event or a fault; {@link #at} says how far. */
  @Nullable DecodedEvent read(byte[] bytes, int from, int limit) {
    origin += at - from;
    at = from;
    headStart = headStart < 0 ? -1 : from;
    DecodedEvent event = run(bytes, limit);
    keepHead(bytes);
    return event;
  }

  /** Keeps what came of a head whose rest comes in another array, so that it can be learned. */
  private void keepHead(byte[] bytes) {
    boolean isInside = state == State.COMMAND || state == State.HEADERS;
    if (headStart < 0 || !isInside || head.size() + at - headStart > HeadLayouts.LONGEST) {
      headStart = -1;
    } else {
      head.append(bytes, headStart, at);
    }
  }

  /**
   * The short way for pieces, of which a body may have many: takes all of the input if its octets
   * are of a body of known length; false if they may not be, and then nothing has happened.
   *
   * @param input has an array
   */
  boolean takeOfBody(ByteBuffer input) {
    int length = input.remaining();
    if (!counted.fill(input.array(), input.arrayOffset() + input.position(), length)) {
      return false;
    }
    origin += length;
    input.position(input.limit());
    return true;
  }

  /**
   * The short way for pieces of a head that so far is like one that came before: takes all of the
   * input if it can't end the head, whose octets are looked at when it ends; false if it may, and
   * then nothing has happened. A fault in such a head is told a little later for that.
   *
   * @param input has an array
   */
  boolean takeOfKnownHead(ByteBuffer input) {
    int length = input.remaining();
    if (state != State.KNOWN_HEAD
        || head.size() > HeadLayouts.LONGEST - Long.BYTES
        || !head.fillBeforeBlankLine(
            input.array(), input.arrayOffset() + input.position(), length)) {
      return false;
    }
    origin += length;
    input.position(input.limit());
    return true;
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
          };
    }
    return event;
  }

  /** Lets go of the array that was read last. */
  void release() {
    lines.release();
  }

  /** Consumes octets of a body that is being streamed, without another copy of them. */
  DecodedEvent stream(ByteBuffer input) {
    int before = input.position();
    DecodedEvent event = body.stream(input);
    origin += input.position() - before;
    return endUnlessStreaming(event);
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
    head.clear();
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
    boolean isKept = body.begin(layouts.command(), layouts.contentLength());
    int nul = isKept ? body.endOfWhole(bytes, end, limit) : -1;
    if (nul < 0) {
      return startKnownBody(isKept, layouts.headers(bytes, headStart));
    }
    Frame frame = layouts.frame(bytes, headStart, end, nul);
    at = nul + 1;
    return new DecodedEvent.FrameDecoded(frame);
  }

  private @Nullable DecodedEvent readKnownHead(byte[] bytes, int limit) {
    int known = head.size();
    int to = Math.min(limit, at + HeadLayouts.LONGEST + 1 - known);
    int end = layouts.resume(head, bytes, at, to);
    if (end >= 0) {
      at += end - known;
      boolean isKept = body.begin(layouts.command(), layouts.contentLength());
      Headers itsHeaders = layouts.headers(head.array(), 0);
      head.clear();
      return startKnownBody(isKept, itsHeaders);
    }
    if (end == HeadCursor.UNFINISHED) {
      at = to;
    } else {
      readAgain(known);
    }
    return null;
  }

  private @Nullable DecodedEvent startKnownBody(boolean isKept, Headers itsHeaders) {
    state = State.BODY;
    if (!isKept) {
      return body.beginStreamed(layouts.contentLength(), itsHeaders);
    }
    body.belongsTo(itsHeaders);
    return null;
  }

  /** Reads the octets of a head that was like another one, but is not any more, line by line. */
  private void readAgain(int size) {
    int resumed = at;
    state = State.COMMAND;
    at = 0;
    try {
      run(head.array(), size);
    } finally {
      at = resumed;
    }
    head.shorten(size);
    headStart = at;
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
    try {
      if (lines.readCommand(bytes, at, limit)) {
        state = State.HEADERS;
      }
    } finally {
      at = lines.end();
    }
    return null;
  }

  private @Nullable DecodedEvent readHeaders(byte[] bytes, int limit) {
    HeadLines.Outcome outcome;
    try {
      outcome = lines.readHeaders(bytes, at, limit);
    } finally {
      at = lines.end();
    }
    return switch (outcome) {
      case UNFINISHED -> null;
      case COMPLETE -> startBody(bytes);
      case GIVEN_UP -> {
        state = State.SEARCH;
        yield endSearch();
      }
    };
  }

  private @Nullable DecodedEvent startBody(byte[] bytes) {
    HeaderBlock headers = lines.headers();
    Headers complete = headers.finish();
    if (headStart >= 0) {
      learn(complete, bytes);
    }
    DecodedEvent event = body.begin(headers.command(), complete, headers.contentLength(complete));
    state = State.BODY;
    return event;
  }

  private void learn(Headers complete, byte[] bytes) {
    if (head.isEmpty()) {
      layouts.learn(lines.headers().command(), complete, bytes, headStart, at);
    } else {
      head.append(bytes, headStart, at);
      layouts.learn(lines.headers().command(), complete, head.array(), 0, head.size());
      head.clear();
    }
    headStart = -1;
  }

  private @Nullable DecodedEvent readBody(byte[] bytes, int limit) {
    DecodedEvent event = body.read(bytes, at, limit);
    at = body.end();
    return event == null ? null : endUnlessStreaming(event);
  }

  private DecodedEvent endUnlessStreaming(DecodedEvent event) {
    if (!body.isStreaming()) {
      state = State.BETWEEN_FRAMES;
    }
    return event;
  }

  /** Goes from a fault to the search, which looks again at the line or the body that has it. */
  void skip(ProtocolException fault, Recovery recovery) {
    recovery.spoil(fault);
    FrameSearch search = recovery.search();
    search.start();
    switch (state) {
      case AFTER_CARRIAGE_RETURN -> search.startInsideLine(0);
      case HEADERS -> lines.searchPieces(search);
      case BODY -> origin -= recovery.giveUp(body, fault, offset());
      default -> throw new AssertionError("no fault is known in " + state, fault);
    }
    lines.clear();
    state = State.SEARCH;
  }

  private @Nullable DecodedEvent search(byte[] bytes, int limit) {
    at = recovering().search(bytes, at, limit);
    return endSearch();
  }

  private Recovery recovering() {
    if (recovery == null) {
      throw new AssertionError("searching without recovery");
    }
    return recovery;
  }

  /** Ends the search, as the input has ended. */
  @Nullable DecodedEvent endSearchHere(Recovery recovery) {
    state = State.BETWEEN_FRAMES;
    return recovery.end(frameStart, offset());
  }

  /**
   * Says where the input ended, if that is inside a frame.
   *
   * @throws ProtocolException if octets that were not looked at yet have a fault
   */
  ProtocolException cut() {
    if (state == State.KNOWN_HEAD) {
      readAgain(head.size());
    }
    String where =
        switch (state) {
          case HEADERS -> "the headers of " + lines.headers().command();
          case BODY -> "the body of " + body.command();
          case AFTER_CARRIAGE_RETURN -> "the line end CR LF";
          default -> "a command line";
        };
    return new ProtocolException(Fault.INCOMPLETE_FRAME, "the input ended inside " + where);
  }

  /** Goes on with what the search has found, and tells what was skipped until there. */
  private @Nullable DecodedEvent endSearch() {
    FrameSearch search = recovering().search();
    long start = offset() - search.lineLength();
    switch (search.found()) {
      case NOTHING -> {
        return null;
      }
      case HEART_BEAT ->
          state = search.lineLength() == 0 ? State.BETWEEN_FRAMES : State.AFTER_CARRIAGE_RETURN;
      case FRAME -> {
        lines.headers().begin(search.command());
        state = State.HEADERS;
      }
    }
    DecodedEvent skipped = recovering().end(frameStart, start);
    frameStart = start;
    return skipped;
  }
}
