package io.stompbox.protocol.failover;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Hands out which broker to try next and how long to wait before, until the policy gives up.
 *
 * <p>The caller does the waiting and the connecting. It calls {@link #next()} until a connection is
 * made or nothing is left, and after that connection was lost {@link #restart()} or {@link
 * #resume()}. Not safe to share between threads.
 */
public final class FailoverSchedule {
  private final List<BrokerAddress> brokers;
  private final ReconnectPolicy policy;
  private final Random random;
  private final Predicate<String> isLocal;

  private final Deque<BrokerAddress> pass = new ArrayDeque<>();
  private boolean startup = true;

  /** Attempts since the last start: 0 means that the next one comes at once. */
  private int attempts;

  /** How far the delays have grown, which {@link #resume()} keeps. */
  private int retry;

  /**
   * Creates a schedule at its start.
   *
   * @param brokers at least one
   * @param random the source of order and jitter; seed it to get the same schedule again
   * @param isLocal tells for a host whether it is this machine; asked only by policies that try
   *     local brokers first
   */
  public FailoverSchedule(
      List<BrokerAddress> brokers,
      ReconnectPolicy policy,
      Random random,
      Predicate<String> isLocal) {
    this.brokers = List.copyOf(brokers);
    this.policy = policy;
    this.random = random;
    this.isLocal = isLocal;
  }

  /**
   * One thing to try.
   *
   * @param delay how long to wait before
   * @param number 1 for the first attempt since the last start
   */
  public record Attempt(BrokerAddress broker, Duration delay, int number) {}

  /** Returns the next attempt; empty if the policy gives up. */
  public Optional<Attempt> next() {
    int most = startup ? policy.startupRetries().orElse(brokers.size() - 1) : policy.retries();
    if (most != ReconnectPolicy.FOREVER && attempts > Math.max(0, most)) {
      return Optional.empty();
    }
    if (pass.isEmpty()) {
      pass.addAll(nextPass());
    }
    Duration delay =
        retry == 0 ? Duration.ZERO : policy.backOff().delay(retry, random.nextDouble());
    attempts++;
    retry++;
    return Optional.of(new Attempt(pass.removeFirst(), delay, attempts));
  }

  /** Starts anew after a connection that had lasted: at once, with the first broker. */
  public void restart() {
    startup = false;
    attempts = 0;
    retry = 0;
    pass.clear();
  }

  /**
   * Starts anew after a connection that was made but died at once: counts attempts from zero, but
   * goes on with the next broker and the delays that had been reached, so that a broker that
   * accepts and drops everybody is not stormed.
   */
  public void resume() {
    startup = false;
    attempts = 0;
    retry = Math.max(1, retry);
  }

  private List<BrokerAddress> nextPass() {
    List<BrokerAddress> order = new ArrayList<>(brokers);
    if (policy.order() == ReconnectPolicy.BrokerOrder.RANDOM) {
      Collections.shuffle(order, random);
    }
    if (policy.localFirst()) {
      order.sort(Comparator.comparing((BrokerAddress broker) -> !isLocal.test(broker.host())));
    }
    return order;
  }
}
