package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a resynchronising decoder remembers of what it skips. */
final class Recovery {
  /**
   * How often an octet is read again, on average. A length that lies can swallow frames, so the
   * body is searched; but frames could lie about the same octets again and again.
   */
  private static final int TIMES = 8;

  /** How many octets are kept to be shown. */
  private static final int SHOWN = 41;

  /** Faults that leave no doubt about where the frame ends. */
  private static final Set<Fault> FAULTS_OF_TEXT =
      Set.of(Fault.BARE_CR, Fault.EMPTY_HEADER_NAME, Fault.UNDEFINED_ESCAPE);

  private final FrameSearch search;

  /** The octets of a given-up body, to be read again before the input goes on. */
  private @Nullable ByteBuffer held;

  /** How many octets were or will be read again. */
  private long readAgain;

  /** What was wrong first with what is being skipped. */
  private @Nullable ProtocolException cause;

  /** The first octets that are skipped, if they are no frame. */
  private final byte[] shown = new byte[SHOWN];

  private int shownSize;

  Recovery(DecoderLimits limits) {
    this.search = new FrameSearch(limits.commandLine());
  }

  FrameSearch search() {
    return search;
  }

  /** What is to be read before the input; null if there is nothing left of it. */
  @Nullable ByteBuffer held() {
    if (held != null && !held.hasRemaining()) {
      held = null;
    }
    return held;
  }

  /**
   * Gives up a body: holds what came of it, or does not look at it any more.
   *
   * @param offset how many octets of the input were consumed
   * @return how many of these are held, to be read again
   */
  int giveUp(BodyReader body, ProtocolException fault, long offset) {
    if (body.isStreaming()) {
      body.abandon();
      search.startInsideLine(0);
      return 0;
    }
    int carried = body.carried();
    int reach = fault.fault() == Fault.INCOMPLETE_FRAME ? carried : body.reach();
    ByteBuffer octets = body.abandon();
    if (!mayReadAgain(reach, offset - carried + reach)) {
      search.startInsideLine(reach - carried);
      return 0;
    }
    if (octets.hasRemaining()) {
      held = octets;
    }
    return carried;
  }

  /** Whether {@code count} octets may be read again after {@code total} octets came. */
  private boolean mayReadAgain(long count, long total) {
    if (readAgain + count > TIMES * total) {
      return false;
    }
    readAgain += count;
    return true;
  }

  /** Whether the end of a frame is known all the same when a header line has this fault. */
  static boolean isFaultOfText(ProtocolException fault, Line line) {
    return FAULTS_OF_TEXT.contains(fault.fault())
        && ByteScan.indexOf(line.octets(), line.from(), line.to(), (byte) ':') >= 0;
  }

  /** Notes why the frame is not delivered. */
  void spoil(ProtocolException fault) {
    if (cause == null) {
      cause = fault;
    }
  }

  /** Whether the frame that is being read will not be delivered. */
  boolean isSpoiled() {
    return cause != null;
  }

  /** Looks for a frame in [from, limit) and returns the index behind what was consumed. */
  int search(byte[] bytes, int from, int limit) {
    search.advance(bytes, from, limit);
    note(bytes, from, search.end());
    return search.end();
  }

  /** Keeps the first of the octets that are skipped. */
  private void note(byte[] bytes, int from, int to) {
    if (cause == null && shownSize < SHOWN) {
      int count = Math.min(to - from, SHOWN - shownSize);
      System.arraycopy(bytes, from, shown, shownSize, count);
      shownSize += count;
    }
  }

  /** Ends the skipping; null if nothing was skipped. */
  DecodedEvent.@Nullable Skipped end(long from, long to) {
    DecodedEvent.Skipped skipped = null;
    if (to > from) {
      skipped =
          cause == null
              ? new DecodedEvent.Skipped(from, to - from, Fault.BAD_COMMAND, noCommand())
              : new DecodedEvent.Skipped(
                  from, to - from, cause.fault(), String.valueOf(cause.getMessage()));
    }
    cause = null;
    shownSize = 0;
    return skipped;
  }

  private String noCommand() {
    int stop = ByteScan.indexOfEither(shown, 0, shownSize, (byte) '\n', (byte) 0);
    int end = stop < 0 ? shownSize : stop;
    String more = end == SHOWN ? "..." : "";
    return "expected a command of the specifications, but found "
        + Shown.upToColon(shown, 0, Math.min(end, SHOWN - 1))
        + more;
  }
}
