package io.stompbox.cli.bench;

import io.stompbox.cli.process.Outage;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ClientState;
import io.stompbox.client.SendCounts;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The clients of a run. For one thread; only what the clients tell of comes on theirs. */
final class Clients implements AutoCloseable {
  private final List<StompClient> all = new ArrayList<>();

  /** Of the clients that have no connection, by their index. Written by the clients' threads. */
  private final Map<Integer, Outage> outages = new ConcurrentSkipListMap<>();

  /** In nanoTime, when one of them was lost or made last. Written by the clients' threads. */
  private volatile long changedAt = System.nanoTime();

  /**
   * Connects so many.
   *
   * @param connecting connects one, with what hears of its changes
   * @param reconnected runs when one of them has recovered from a loss
   */
  static Clients connect(
      int number, Function<Consumer<StateChange>, StompClient> connecting, Runnable reconnected) {
    Clients clients = new Clients();
    try {
      for (int i = 0; i < number; i++) {
        int index = i;
        clients.all.add(
            connecting.apply(
                change -> {
                  clients.heard(index, change);
                  if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
                    reconnected.run();
                  }
                }));
      }
      return clients;
    } catch (RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  private void heard(int index, StateChange change) {
    if (change.to() == ClientState.CONNECTED) {
      outages.remove(index);
      changedAt = System.nanoTime();
    } else if (change.to() == ClientState.RECOVERING || change.to() == ClientState.FAILED) {
      Outage begun = outages.get(index);
      if (begun == null) {
        changedAt = System.nanoTime();
      }
      Instant since = begun == null ? TimeOfDay.now() : begun.since();
      String why = change.cause().map(Throwable::getMessage).orElse("nobody says why");
      outages.put(index, new Outage(since, why));
    }
  }

  /** In nanoTime, when a connection was lost or made last. Attempts in vain don't count. */
  long changedAt() {
    return changedAt;
  }

  /** Says how many connections are down, since when and why; empty if all are there. */
  Optional<String> outage() {
    return outages.values().stream()
        .min(Comparator.comparing(Outage::since))
        .map(
            first ->
                (all.size() == 1
                        ? "the connection to the broker has"
                        : outages.size() + " of " + all.size() + " connections to the broker have")
                    + " been down "
                    + first.text());
  }

  /** The client of a worker; several share one if there are fewer. */
  StompClient of(int worker) {
    return all.get(worker % all.size());
  }

  /** How many sends without confirmation are known not to have arrived. */
  long refused() {
    return sum(counts -> counts.notSent() + counts.rejected());
  }

  /** How many sends without confirmation may have arrived or not. */
  long unknown() {
    return sum(SendCounts::unknown);
  }

  private long sum(ToLongFunction<SendCounts> number) {
    return all.stream().map(StompClient::sends).mapToLong(number).sum();
  }

  /**
   * Says goodbye, for so long at most in all. A refusal of sends without confirmation may show only
   * then.
   */
  void end(Duration limit, BenchState state) {
    long start = System.nanoTime();
    for (StompClient client : all) {
      long left = Math.max(0, limit.toNanos() - (System.nanoTime() - start));
      Optional<StompException> failure = client.close(Duration.ofNanos(left)).failure();
      failure.filter(BrokerErrorException.class::isInstance).ifPresent(state::failed);
    }
  }

  @Override
  public void close() {
    all.forEach(client -> client.close(Duration.ZERO));
  }
}
