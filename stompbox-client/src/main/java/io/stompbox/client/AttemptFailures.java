package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.StompException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Why attempts to connect failed: the last ones, since endless retries must not fill the memory.
 */
final class AttemptFailures {
  private static final int KEPT = 10;

  /** Why there are attempts at all; null for the first connection. */
  private final @Nullable StompException loss;

  private final ArrayDeque<StompException> last = new ArrayDeque<>();
  private int attempts;

  AttemptFailures(@Nullable StompException loss) {
    this.loss = loss;
  }

  void add(StompException failure) {
    attempts++;
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(failure);
  }

  /**
   * Returns the last failure with those before it, or what led to the attempts if none was made.
   */
  StompException summary() {
    StompException failure = last.pollLast();
    if (failure == null) {
      return loss != null
          ? loss
          : new ConnectionLostException("no attempt to connect is allowed", Sent.NOT_SENT);
    }
    if (attempts == 1) {
      return failure;
    }
    StompException summary =
        new ConnectionLostException(
            failure.getMessage() + " (the last of " + attempts + " attempts)",
            Sent.NOT_SENT,
            failure);
    last.forEach(summary::addSuppressed);
    return summary;
  }
}
