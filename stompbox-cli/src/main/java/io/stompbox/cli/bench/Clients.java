package io.stompbox.cli.bench;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The clients of a run. For one thread. */
final class Clients implements AutoCloseable {
  private final List<StompClient> all = new ArrayList<>();

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
        clients.all.add(connecting.apply(change -> heard(change, reconnected)));
      }
      return clients;
    } catch (RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  private static void heard(StateChange change, Runnable reconnected) {
    if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
      reconnected.run();
    }
  }

  /** The client of a worker; several share one if there are fewer. */
  StompClient of(int worker) {
    return all.get(worker % all.size());
  }

  /** How many sends without confirmation are known not to have arrived, or not known to. */
  long doubtful() {
    return all.stream()
        .map(StompClient::sends)
        .mapToLong(counts -> counts.unknown() + counts.notSent() + counts.rejected())
        .sum();
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
