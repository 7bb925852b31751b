package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.StompException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Receives messages until there are enough, or no more come. */
final class ListenRun {
  private final Environment environment;
  private final StompClient client;
  private final ListenPlan plan;
  private final Losses losses;
  private final List<Subscription> subscriptions = new ArrayList<>();

  /** {@code losses} hears of the changes of the client. */
  ListenRun(Environment environment, StompClient client, ListenPlan plan, Losses losses) {
    this.environment = environment;
    this.client = client;
    this.plan = plan;
    this.losses = losses;
  }

  /**
   * Subscribes.
   *
   * @throws Failure if the broker refuses, or can't do what is asked for
   */
  ListenRun subscribe() {
    for (String destination : plan.destinations()) {
      try {
        subscriptions.add(client.subscribe(destination, plan.subscription()));
      } catch (StompException e) {
        throw losses.during("SUBSCRIBE to " + plan.asked(destination), e);
      } catch (IllegalArgumentException e) {
        throw impossible(e);
      }
    }
    return this;
  }

  /** The client's advice is for programs. */
  private Failure impossible(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("client-id")
        ? Failure.usage(
            client.profile().name() + " knows a durable subscription by the client too",
            "give --client-id ID, the same each time")
        : Failure.usage(message);
  }

  /** Gives messages to {@code sink}, and acknowledges each when that returns. */
  ExitCode run(Reception reception, MessageSink sink, Consumer<Received> listener)
      throws InterruptedException {
    try {
      boolean isOver = false;
      while (!isOver) {
        Optional<Delivery> next = client.receive(reception.limit());
        if (next.isPresent()) {
          Received received = new Received(next.get(), reception.received(), TimeOfDay.now());
          sink.write(received);
          listener.accept(received);
        }
        isOver = reception.isOver();
        settle(next, isOver);
      }
    } catch (IllegalFrameException e) {
      throw Settling.fault(e, "the message was written and not acknowledged, so it comes again");
    } finally {
      subscriptions.forEach(Subscription::close);
    }
    return reception.ending(environment, plan.where(), losses);
  }

  /** The client acknowledges batches when more is asked for, which it is not after the last. */
  private void settle(Optional<Delivery> next, boolean isLast) {
    if (next.isEmpty()) {
      return;
    }
    if (plan.verdict() == ListenPlan.Verdict.NACK) {
      next.get().nack();
    } else if (plan.isAcknowledgedByItself() || isLast) {
      next.get().ack();
    }
  }

  /** Has the broker forget the subscriptions, which are durable. */
  void remove() throws InterruptedException {
    for (Subscription subscription : subscriptions) {
      subscription.remove();
    }
  }
}
