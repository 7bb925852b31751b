package io.stompbox.cli.message;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far receiving is, and when it ends. For one thread at a time. */
final class Reception {
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final @Nullable Integer count;
  private final @Nullable Duration wait;
  private final @Nullable Duration total;
  private final long start = System.nanoTime();
  private long last = start;
  private long received;

  /**
   * Creates one; null is no limit.
   *
   * @param wait between two messages
   * @param total in all
   */
  Reception(@Nullable Integer count, @Nullable Duration wait, @Nullable Duration total) {
    this.count = count;
    this.wait = wait;
    this.total = total;
  }

  /** One more has come; returns its number, from 1. */
  long received() {
    last = System.nanoTime();
    return ++received;
  }

  /** How long to wait for the next one; never zero. */
  Duration limit() {
    long now = System.nanoTime();
    Duration idle = left(wait, now - last);
    Duration all = left(total, now - start);
    return idle.compareTo(all) < 0 ? idle : all;
  }

  private static Duration left(@Nullable Duration limit, long passed) {
    if (limit == null) {
      return LONG;
    }
    Duration left = limit.minusNanos(passed);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /** Whether no more are to come. */
  boolean isOver() {
    long now = System.nanoTime();
    return isComplete() || isReached(wait, now - last) || isReached(total, now - start);
  }

  private static boolean isReached(@Nullable Duration limit, long passed) {
    return limit != null && passed >= limit.toNanos();
  }

  /**
   * Returns how it ended: well if all that were asked for have come, or at least one if no number
   * was. Tells the user otherwise.
   *
   * @param losses of the connection
   * @throws Failure if there is no connection, so that nobody knows whether there are more, unless
   *     all that were asked for have come
   */
  ExitCode ending(Environment environment, String where, Losses losses) {
    if (isComplete()) {
      return ExitCode.OK;
    }
    Optional<String> outage = losses.outage();
    if (outage.isPresent()) {
      throw new Failure(
          ExitCode.CONNECTION_LOST,
          amount(where) + "; " + outage.get(),
          List.of("there may be more, and messages that were not acknowledged come again"),
          null);
    }
    if (count == null && received > 0) {
      return ExitCode.OK;
    }
    environment.insist(amount(where));
    return ExitCode.TIMED_OUT;
  }

  private boolean isComplete() {
    return count != null && received >= count;
  }

  private String amount(String where) {
    Duration limit = wait != null ? wait : total;
    String time = limit == null ? "" : " within " + DurationConverter.text(limit);
    if (received == 0) {
      return "no message on " + where + time;
    }
    String came =
        count == null
            ? received + (received == 1 ? " message" : " messages")
            : "only %d of %d messages".formatted(received, count);
    return "%s on %s, and no more%s".formatted(came, where, time);
  }
}
