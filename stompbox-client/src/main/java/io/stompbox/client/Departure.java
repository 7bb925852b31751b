package io.stompbox.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the program leaves its broker: whether it does, and whether the broker has let it go. One
 * thread leaves; others may ask.
 */
final class Departure {
  /** Whether the program leaves, so that the end of a connection is no loss. */
  private volatile boolean hasBegun;

  /** What learns the broker's answer to the farewell; null before it is sent. */
  private volatile @Nullable Confirmation farewell;

  void begin() {
    hasBegun = true;
  }

  boolean hasBegun() {
    return hasBegun;
  }

  /** Says goodbye and waits for the receipt, or for what ends the connection in its place. */
  void say(Goodbye goodbye, Farewell how, Duration limit) throws InterruptedException {
    Confirmation said = goodbye.farewell();
    // Before it is said, since the broker may answer and close at once.
    farewell = said;
    goodbye.say(how, limit, said);
    // A broker may close the connection instead of answering; both end the wait.
    said.awaitQuietly(limit.toNanos());
  }

  /** Whether the broker has answered the farewell. */
  boolean isConfirmed() {
    Confirmation asked = farewell;
    return asked != null && asked.outcome().filter(Outcome.Confirmed.class::isInstance).isPresent();
  }
}
