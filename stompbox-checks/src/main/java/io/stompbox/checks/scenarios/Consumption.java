package io.stompbox.checks.scenarios;

import io.stompbox.client.Delivery;
import io.stompbox.client.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscription of a scenario: its messages are pulled, or a handler has taken them. */
sealed interface Consumption {
  Subscription subscription();

  /** Waits for the next message; empty if none comes within the limit. */
  Optional<Delivery> next(Duration limit) throws InterruptedException;

  /** Messages are asked for. */
  record Pulled(Subscription subscription) implements Consumption {
    @Override
    public Optional<Delivery> next(Duration limit) throws InterruptedException {
      return subscription.receive(limit);
    }
  }

  /** A handler takes messages and puts them down in {@code taken}. */
  record Handled(Subscription subscription, BlockingQueue<Delivery> taken) implements Consumption {
    static BlockingQueue<Delivery> queue() {
      return new LinkedBlockingQueue<>();
    }

    @Override
    public Optional<Delivery> next(Duration limit) throws InterruptedException {
      return Optional.ofNullable(taken.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    }
  }
}
