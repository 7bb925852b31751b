package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a frame line by line: its command line, its header lines and the blank line.
 * The only way on which a fault of a head is found.
 */
final class HeadLines {
  private static final String COMMAND_LINE = "the command line";

  private final Dialect dialect;
  private final DecoderLimits limits;

  /** Null if a fault is final. */
  private final @Nullable Recovery recovery;

  private final HeaderBlock headers;
  private final Line line = new Line();

  /** The index behind the octets that were consumed last. */
  private int end;

  /** How far the header lines were read. */
  enum Outcome {
    /** More octets are needed. */
    UNFINISHED,
    /** The blank line was read. */
    COMPLETE,
    /** The frame has a fault, and the search has gone on behind it. */
    GIVEN_UP
  }

  HeadLines(Dialect dialect, DecoderLimits limits, @Nullable Recovery recovery) {
    this.dialect = dialect;
    this.limits = limits;
    this.recovery = recovery;
    this.headers = new HeaderBlock(dialect, limits);
  }

  /** The headers that were read so far. */
  HeaderBlock headers() {
    return headers;
  }

  /** The index behind the octets that were consumed last, also after a fault. */
  int end() {
    return end;
  }

  /** Reads on in the command line; false if its end has not come yet. */
  boolean readCommand(byte[] bytes, int from, int limit) {
    end = from;
    // A NUL can't be part of a command. Waiting for a line end after it could take for ever.
    int stop = ByteScan.indexOfEither(bytes, from, limit, (byte) '\n', (byte) 0);
    if (isTooLong(bytes, stop < 0 ? limit : stop, limits.commandLine())) {
      throw tooLong(COMMAND_LINE, limits.commandLine());
    }
    if (!take(bytes, stop, limit)) {
      return false;
    }
    if (bytes[stop] == 0) {
      throw CommandLine.bad(line.octets(), line.from(), line.to(), " with a NUL at its end");
    }
    int to = withoutCarriageReturn(COMMAND_LINE);
    if (to - line.from() > limits.commandLine()) {
      throw tooLong(COMMAND_LINE, limits.commandLine());
    }
    headers.begin(CommandLine.parse(line.octets(), line.from(), to));
    line.clear();
    return true;
  }

  /** Reads on in the header lines. */
  Outcome readHeaders(byte[] bytes, int from, int limit) {
    end = from;
    while (true) {
      int stop = ByteScan.indexOf(bytes, end, limit, (byte) '\n');
      if (isTooLong(bytes, stop < 0 ? limit : stop, limits.headerLine())) {
        throw tooLong(headers.where(), limits.headerLine());
      }
      if (!take(bytes, stop, limit)) {
        return Outcome.UNFINISHED;
      }
      if (isBlank()) {
        line.clear();
        return Outcome.COMPLETE;
      }
      if (recovery == null) {
        headers.take(line.octets(), line.from(), line.to());
      } else if (!takeOrGiveUp(recovery)) {
        return Outcome.GIVEN_UP;
      }
      line.clear();
    }
  }

  /** Whether the line with the octets up to {@code stop} is longer than {@code most}. */
  private boolean isTooLong(byte[] bytes, int stop, int most) {
    int over = line.carried() + (stop - end) - most;
    // One octet more than allowed may be the CR of a line end.
    return over > 1 || (over == 1 && stop > end && bytes[stop - 1] != '\r');
  }

  private static ProtocolException tooLong(String which, int most) {
    return DecoderLimits.exceeded(Fault.LIMIT_LINE, which + " is longer than " + most + " octets");
  }

  /** Takes the octets of a line that ends at {@code stop}; false if that is -1: it has no end. */
  private boolean take(byte[] bytes, int stop, int limit) {
    if (stop < 0) {
      line.carry(bytes, end, limit);
      end = limit;
      return false;
    }
    line.finish(bytes, end, stop);
    end = stop + 1;
    return true;
  }

  private boolean isBlank() {
    return line.isEmpty()
        || (line.to() == line.from() + 1
            && line.endsInCarriageReturn()
            && withoutCarriageReturn("the blank line after the headers") == line.from());
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

  /** Takes a header line; false if the frame is given up because of it. */
  private boolean takeOrGiveUp(Recovery recovery) {
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
      end -= line.to() + 1 - search.end();
      line.clear();
      return false;
    }
  }

  /** Looks for a frame in what came of a line whose end has not come. */
  void searchPieces(FrameSearch search) {
    search.advance(line.pieces(), 0, line.carried());
  }

  /** Forgets the line that is being read. */
  void clear() {
    line.clear();
  }

  /** Lets go of the array that was read last. */
  void release() {
    line.release();
  }
}
