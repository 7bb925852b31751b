package io.stompbox.cli.bench;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;

/** Sends one message after the other to a queue of its own and waits for each to come back. */
final class RoundTrip implements Work {
  private final BenchState state;
  private final StompClient client;
  private final Subscription subscription;
  private final Messages messages;
  private final Turns turns;
  private final int index;

  RoundTrip(BenchState state, StompClient client, Subscription subscription, int index) {
    this.state = state;
    this.client = client;
    this.subscription = subscription;
    this.messages = new Messages(state, index, subscription.destination());
    this.turns = new Turns(state, index);
    this.index = index;
  }

  @Override
  public void run() throws InterruptedException {
    try {
      while (turns.next()) {
        try {
          travel(turns.due());
        } catch (StompTimeoutException e) {
          state.failed(e);
        }
      }
    } catch (StompException e) {
      state.ended(e);
    }
  }

  private void travel(long due) throws InterruptedException {
    client.send(messages.next(due));
    state.arrivals().sent();
    state.meter().count(Count.SENT, due);
    Duration patience = state.plan().consuming().patience();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Optional<Delivery> next = subscription.receive(left);
      if (next.isEmpty()) {
        throw new StompTimeoutException(
            "no message came back on " + subscription.destination() + " within " + patience);
      }
      if (isBack(next.get(), due)) {
        return;
      }
    }
  }

  /** Whether it is the message that was due then, and not one that was given up. */
  private boolean isBack(Delivery delivery, long due) {
    if (subscription.options().acknowledgement() != Acknowledgement.BROKER) {
      delivery.ack();
    }
    Optional<Stamp> stamp = Stamp.of(delivery.headers());
    if (stamp.isEmpty() || !state.arrivals().add(index, stamp.get())) {
      state.meter().add(Count.DUPLICATES);
      return false;
    }
    state.meter().done(Count.RECEIVED, state.timeline().start() + stamp.get().due());
    return stamp.get().due() == due - state.timeline().start();
  }
}
