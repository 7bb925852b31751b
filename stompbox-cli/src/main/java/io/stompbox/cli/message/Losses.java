package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Outage;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.cli.process.TooLarge;
import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error when a connection is lost and when it is there again, and knows whether it
 * is down. Safe to share.
 */
final class Losses {
  /** What comes again later is not the same frame; the client, too, waits ten minutes for it. */
  private static final long REPEATED = Duration.ofMinutes(10).toNanos();

  private final Environment environment;
  private final String whose;

  /** Null while there is a connection. */
  private volatile @Nullable Outage outage;

  /** Why the connection was lost last; null if it never was. */
  private volatile @Nullable String last;

  /** What was told of the last loss. Touched by {@link #tell} only, as what follows. */
  private String told = "";

  private long toldAt;

  /** Whether the last loss was over a frame that may come again on each connection. */
  private boolean isTooLarge;

  /**
   * Creates it.
   *
   * @param whose begins each line, where there are several connections
   */
  Losses(Environment environment, String whose) {
    this.environment = environment;
    this.whose = whose;
  }

  void tell(StateChange change) {
    note(change);
    if (change.to() == ClientState.RECOVERING) {
      isTooLarge = change.cause().filter(TooLarge::is).isPresent();
      tellLoss(reason(change));
    } else if (change.to() == ClientState.CONNECTED && change.epoch() > 1 && !isTooLarge) {
      environment.tell(whose + "connected again");
    }
  }

  /** As {@link #tell}, but says nothing. */
  void note(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      last = reason(change);
      outage = new Outage(TimeOfDay.now(), reason(change));
    } else if (change.to() == ClientState.CONNECTED) {
      outage = null;
    }
  }

  private static String reason(StateChange change) {
    Throwable cause = change.cause().orElse(null);
    if (cause instanceof ProtocolException fault && TooLarge.is(fault)) {
      return TooLarge.loss(fault);
    }
    String message = cause == null ? null : cause.getMessage();
    return message == null ? "lost the connection" : message;
  }

  /** A broker that gives out the same frame again soon makes the client fail, which is told. */
  private void tellLoss(String reason) {
    long now = System.nanoTime();
    if (isTooLarge && reason.equals(told) && now - toldAt < REPEATED) {
      return;
    }
    told = reason;
    toldAt = now;
    environment.tell(whose + reason + "; connecting again");
  }

  /**
   * Returns the failure for what happened on the connection. Where no receipt came because the
   * connection was lost meanwhile, the loss is the reason that is told.
   *
   * @param what what was being done
   */
  Failure during(String what, StompException thrown) {
    Failure failure = Failure.during(what, thrown);
    return failure.code() == ExitCode.TIMED_OUT && last != null
        ? new Failure(
            ExitCode.CONNECTION_LOST,
            "no receipt for " + what + ", as the connection was lost meanwhile: " + last,
            List.of(),
            thrown)
        : failure;
  }

  /** Says since when and why there is no connection; empty if there is one. */
  Optional<String> outage() {
    return Optional.ofNullable(outage).map(down -> whose + "the connection is down " + down.text());
  }
}
