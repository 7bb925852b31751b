package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error when a connection is lost and when it is there again, and knows whether it
 * is down. Safe to share.
 */
final class Losses {
  private final Environment environment;
  private final String whose;

  /** Null while there is a connection. */
  private volatile @Nullable Outage outage;

  /**
   * A connection that is down.
   *
   * @param since when it was lost
   * @param why what ended it
   */
  private record Outage(Instant since, String why) {}

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
      environment.tell(whose + reason(change) + "; connecting again");
    } else if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
      environment.tell(whose + "connected again");
    }
  }

  /** As {@link #tell}, but says nothing. */
  void note(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      outage = new Outage(TimeOfDay.now(), reason(change));
    } else if (change.to() == ClientState.CONNECTED) {
      outage = null;
    }
  }

  private static String reason(StateChange change) {
    return change.cause().map(Throwable::getMessage).orElse("lost the connection");
  }

  /** Says since when and why there is no connection; empty if there is one. */
  Optional<String> outage() {
    return Optional.ofNullable(outage)
        .map(
            down ->
                "%sthe connection is down since %s: %s"
                    .formatted(whose, down.since().truncatedTo(ChronoUnit.MILLIS), down.why()));
  }
}
