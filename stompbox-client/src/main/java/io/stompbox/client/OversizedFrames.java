package io.stompbox.client;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a broker gives out the same frame on each connection although it is larger than the
 * client takes, or has a body that there is no place for. Nobody can acknowledge or refuse such a
 * message, so reconnecting would go on for ever. Touched by the thread that ends a connection, one
 * at a time.
 */
final class OversizedFrames {
  /** How many connections in a row have to end over one. */
  private static final int IN_A_ROW = 3;

  /**
   * What the broker gives out again comes soon, even if it takes its time over 64 MiB; what comes
   * after so long is another frame.
   */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final LargeBodies largeBodies;
  private int inARow;

  /** Creates one for a client that puts such bodies into files. */
  OversizedFrames(LargeBodies largeBodies) {
    this.largeBodies = largeBodies;
  }

  /** Says how a client is made that takes a body which was too long. */
  StompException explained(StompException cause) {
    return cause instanceof ProtocolException fault && fault.octets().isPresent()
        ? fault.withMessage(fault.getMessage() + remedy(fault.octets().getAsLong()))
        : cause;
  }

  private String remedy(long octets) {
    if (largeBodies.equals(LargeBodies.NONE)) {
      return "; the setting most.bodyOctets of a client takes larger ones into memory, and"
          + " largeBodies(LargeBodies.in(folder)) of its builder puts them into files";
    }
    return octets > largeBodies.most()
        ? "; LargeBodies.withMost allows larger ones"
        : "; this one is held in memory, where the setting most.bodyOctets allows larger ones";
  }

  /**
   * Learns why a connection has ended.
   *
   * @param lived nanoseconds that it lasted
   * @return what the client has to give up for; null if it may go on
   */
  @Nullable StompException ended(StompException cause, long lived) {
    inARow = lived > LONG.toNanos() ? 0 : inARow;
    if (!isOversized(cause)) {
      inARow = 0;
      return null;
    }
    inARow++;
    return inARow < IN_A_ROW ? null : hopeless(cause);
  }

  private static boolean isOversized(StompException cause) {
    return cause instanceof BodyStorageException
        || (cause instanceof ProtocolException fault && fault.fault().isLimit());
  }

  private static StompException hopeless(StompException cause) {
    if (cause instanceof BodyStorageException last) {
      return new BodyStorageException(
          IN_A_ROW
              + " connections in a row have ended over a body that there is no place for, which the"
              + " broker gives out again and again: "
              + last.getMessage(),
          last);
    }
    ProtocolException fault = (ProtocolException) cause;
    return fault.withMessage(
        IN_A_ROW
            + " connections in a row have ended over a frame that is too large, which the broker"
            + " seems to give out again and again: "
            + fault.getMessage());
  }
}
