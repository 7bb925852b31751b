package io.stompbox.cli.bench;

import io.stompbox.client.Acknowledgement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param destination where messages go or come from; the beginning of the names of queues for round
 *     trips
 * @param connections how many clients the workers share, one after the other
 */
record BenchPlan(
    BenchKind kind,
    String destination,
    int connections,
    Extent extent,
    Producing producing,
    Consuming consuming) {

  /**
   * When a run ends: what comes first.
   *
   * @param count how many messages count; null for no limit
   * @param time how long it counts; null for no limit
   * @param warmUp how long it runs before it counts
   */
  record Extent(@Nullable Long count, @Nullable Duration time, Duration warmUp) {}

  /**
   * How messages are sent.
   *
   * @param producers how many threads send; also those of round trips
   * @param rate messages a second of all together; 0 for as fast as possible
   * @param window how many sends of each are unconfirmed at most; 0 asks for no confirmation
   * @param transaction how many messages are in a transaction; 0 for none
   * @param size octets of each body
   */
  record Producing(
      int producers, double rate, int window, int transaction, int size, boolean persistent) {

    static Producing nothing() {
      return new Producing(0, 0, 0, 0, 0, false);
    }

    boolean isConfirmed() {
      return window > 0 || transaction > 0;
    }
  }

  /**
   * How messages are received.
   *
   * @param patience how long to wait for the next message before what is missing counts as lost
   */
  record Consuming(
      int consumers, Acknowledgement acknowledgement, int prefetch, Duration patience) {}

  /** How many workers there are. */
  int workers() {
    return producing.producers() + consuming.consumers();
  }

  /** How many sends one client may have unconfirmed. */
  int unconfirmedOfOne() {
    int sharing = (producing.producers() + connections - 1) / connections;
    return sharing * producing.window();
  }

  /** Whether there is something whose latency can be told. */
  boolean hasLatency() {
    return switch (kind) {
      case SEND -> producing.isConfirmed();
      case LISTEN -> false;
      case RTT, MIXED -> true;
    };
  }

  /** Whether each consumer gets each message. */
  boolean isBroadcast() {
    return kind == BenchKind.MIXED && destination.startsWith("/topic/");
  }

  /** What counts as done. */
  Count work() {
    return kind == BenchKind.SEND && !producing.isConfirmed() ? Count.SENT : kind.work();
  }
}
