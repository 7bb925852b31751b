package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Turns what an observer sees into events for listeners, which wait for them in a bounded queue.
 */
final class ListenerEvents implements ClientObserver {
  /** How many events wait at most. */
  static final int MOST = 1000;

  /** How many octets of bodies wait at most; one event always has room. */
  private static final long MOST_OCTETS = 8L << 20;

  private final Executor thread;
  private final Supplier<List<Listeners.Named>> listeners;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong octets = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  ListenerEvents(Executor thread, Supplier<List<Listeners.Named>> listeners) {
    this.thread = thread;
    this.listeners = listeners;
  }

  long dropped() {
    return dropped.sum();
  }

  /** Tells an event if there is room for it and {@code size} octets that it holds. */
  private void offer(long size, Consumer<StompListener> event) {
    int others = waiting.get();
    if (others > 0 && (others >= MOST || octets.get() + size > MOST_OCTETS)) {
      dropped.increment();
    } else {
      put(size, event);
    }
  }

  /** Room for these is kept beside that for all others, though not for ever. */
  private void offerAlways(Consumer<StompListener> event) {
    if (waiting.get() >= 2 * MOST) {
      dropped.increment();
    } else {
      put(0, event);
    }
  }

  private void put(long size, Consumer<StompListener> event) {
    waiting.incrementAndGet();
    octets.addAndGet(size);
    List<Listeners.Named> present = listeners.get();
    thread.execute(
        () -> {
          waiting.decrementAndGet();
          octets.addAndGet(-size);
          tell(present, event);
        });
  }

  /** Tells those that were there when it happened and still are. */
  private void tell(List<Listeners.Named> present, Consumer<StompListener> event) {
    for (Listeners.Named named : present) {
      try {
        if (listeners.get().contains(named)) {
          event.accept(named.listener());
        }
      } catch (Throwable e) {
        Observation.log("listener '" + named.name() + "' failed", e);
      }
    }
  }

  @Override
  public void onConnecting(int epoch, BrokerAddress broker) {
    offerAlways(listener -> listener.onConnecting(broker));
  }

  @Override
  public void onConnected(int epoch, Agreement agreement) {
    offerAlways(listener -> listener.onConnected(agreement));
  }

  @Override
  public void onDisconnecting(int epoch) {
    offerAlways(StompListener::onDisconnecting);
  }

  @Override
  public void onDisconnected(int epoch, Optional<StompException> cause) {
    offerAlways(listener -> listener.onDisconnected(cause));
  }

  @Override
  public void onFrameSent(int epoch, Frame frame) {
    offer(frame.body().size(), listener -> listener.onSend(frame));
  }

  @Override
  public void onFrameReceived(int epoch, Frame frame) {
    String receipt = frame.header("receipt-id");
    if (frame.command().equals(Command.ERROR)) {
      offer(frame.body().size(), listener -> listener.onError(frame));
    } else if (frame.command().equals(Command.RECEIPT) && receipt != null) {
      offer(0, listener -> listener.onReceipt(receipt));
    }
  }

  @Override
  public void onHeartBeatReceived(int epoch) {
    offer(0, StompListener::onHeartBeat);
  }

  @Override
  public void onHeartBeatTimeout(int epoch, Duration silence) {
    offerAlways(listener -> listener.onHeartBeatTimeout(silence));
  }

  @Override
  public void onDelivery(Delivery delivery) {
    offer(delivery.frame().body().size(), listener -> listener.onMessage(delivery));
  }
}
