package io.stompbox.protocol.failover;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;

import io.stompbox.protocol.failover.BackOff.Rhythm;
import io.stompbox.protocol.failover.ReconnectPolicy.Loopback;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Hands out which broker to try next and how long to wait before, until the policy gives up.
 *
 * <p>The caller does the waiting and the connecting. It calls {@link #next()} until a connection is
 * made or nothing is left, and after that connection was lost {@link #restart()} or {@link
 * #resume()}. Not safe to share between threads.
 */
public final class FailoverSchedule {
  private static final String LOOPBACK = "127.0.0.1";

  private final List<BrokerAddress> brokers;
  private final ReconnectPolicy policy;
  private final Random random;
  private final Predicate<String> isLocal;

  /** The brokers that the current pass through the list has not tried yet. */
  private final Deque<BrokerAddress> pass = new ArrayDeque<>();

  /** Whether no connection was made yet. */
  private boolean startup = true;

  /** Attempts since the last start. */
  private int attempts;

  /** How many delays there were, the first of them zero; {@link #resume()} keeps it. */
  private int retry;

  /**
   * Creates a schedule at its start.
   *
   * @param brokers at least one
   * @param random the source of order and jitter; seed it to get the same schedule again
   * @param isLocal tells for a host whether it is this machine; asked only by policies that do
   *     something else with local brokers
   */
  public FailoverSchedule(
      List<BrokerAddress> brokers,
      ReconnectPolicy policy,
      Random random,
      Predicate<String> isLocal) {
    if (brokers.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one broker");
    }
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
    // What may wait and what may be refused: with EACH_PASS only where a pass begins, or where one
    // goes on after a connection that died.
    boolean isStep =
        attempts == 0 || pass.isEmpty() || policy.backOff().rhythm() == Rhythm.EACH_RETRY;
    if (isStep && isExhausted()) {
      return Optional.empty();
    }
    if (pass.isEmpty()) {
      pass.addAll(nextPass());
    }
    Duration delay = isStep ? nextDelay() : Duration.ZERO;
    attempts++;
    return Optional.of(new Attempt(pass.removeFirst(), delay, attempts));
  }

  private boolean isExhausted() {
    int most = startup ? policy.startupRetries().orElse(brokers.size() - 1) : policy.retries();
    return switch (most) {
      case ReconnectPolicy.FOREVER -> false;
      case ReconnectPolicy.NO_ATTEMPT -> true;
      default -> attempts > Math.max(0, most);
    };
  }

  private Duration nextDelay() {
    Duration delay =
        retry == 0 && !isSpread()
            ? Duration.ZERO
            : policy.backOff().delay(Math.max(1, retry), random.nextDouble());
    retry++;
    return delay;
  }

  /** A crowd that has lost the same broker comes back at the same moment unless it is spread. */
  private boolean isSpread() {
    return !startup && policy.backOff().jitter() instanceof BackOff.Jitter.Full;
  }

  /**
   * Starts anew after a connection that had lasted, with the first broker: at once, or with {@link
   * BackOff.Jitter.Full} within the first delay.
   */
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
  }

  private List<BrokerAddress> nextPass() {
    List<BrokerAddress> order = new ArrayList<>(brokers);
    if (policy.order() == ReconnectPolicy.BrokerOrder.RANDOM) {
      Collections.shuffle(order, random);
    }
    if (!policy.localFirst() && policy.loopback() == Loopback.AS_LISTED) {
      return order;
    }
    Set<BrokerAddress> local = local();
    if (policy.loopback() == Loopback.TRIED_BEFORE) {
      order = loopbackBefore(order, local);
    }
    return policy.localFirst() ? localFirst(order, local) : order;
  }

  /** Asks once for each broker: answers may come from a slow and moody name service. */
  private Set<BrokerAddress> local() {
    return brokers.stream()
        .filter(broker -> isLocal.test(broker.host()))
        .collect(toCollection(HashSet::new));
  }

  private static List<BrokerAddress> loopbackBefore(
      List<BrokerAddress> order, Set<BrokerAddress> local) {
    Set<BrokerAddress> all = new LinkedHashSet<>();
    for (BrokerAddress broker : order) {
      BrokerAddress same = broker.withHost(LOOPBACK);
      boolean isListed = order.contains(same) || order.contains(broker.withHost("localhost"));
      if (local.contains(broker) && broker.scheme().isPlainNetwork() && !isListed) {
        all.add(same);
        local.add(same);
      }
    }
    List<BrokerAddress> longer = new ArrayList<>(all);
    longer.addAll(order);
    return longer;
  }

  private static List<BrokerAddress> localFirst(
      List<BrokerAddress> order, Set<BrokerAddress> local) {
    Map<Boolean, List<BrokerAddress>> byLocal =
        order.stream().collect(partitioningBy(local::contains));
    List<BrokerAddress> sorted = new ArrayList<>(byLocal.get(true));
    sorted.addAll(byLocal.get(false));
    return sorted;
  }
}
