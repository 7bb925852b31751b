package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the observers of a client what happens, and keeps what they throw away from it. Makes no
 * garbage while there is none. Safe to share between threads; call it without a lock.
 */
final class Observation {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final ReentrantLock lock = new ReentrantLock();

  /** Immutable. Written under lock. */
  private volatile List<ClientObserver> observers;

  private final FrameLog frames = new FrameLog();
  private final Listeners listeners;

  /** Creates one; {@code events} runs one task after the other. */
  Observation(List<ClientObserver> observers, Executor events) {
    this.observers = List.copyOf(observers);
    this.listeners = new Listeners(this, events);
  }

  /** Returns one without observers. */
  static Observation none() {
    return new Observation(List.of(), Runnable::run);
  }

  /** Observers that have a name and a thread, and change messages. */
  Listeners listeners() {
    return listeners;
  }

  /** Whether anybody wants to know. */
  boolean isOn() {
    return !observers.isEmpty();
  }

  /** Adds an observer at the end, or removes it. */
  void set(ClientObserver observer, boolean isWanted) {
    lock.lock();
    try {
      List<ClientObserver> changed = new ArrayList<>(observers);
      changed.remove(observer);
      if (isWanted) {
        changed.add(observer);
      }
      observers = List.copyOf(changed);
    } finally {
      lock.unlock();
    }
  }

  private void tell(Consumer<ClientObserver> event) {
    for (ClientObserver observer : observers) {
      try {
        event.accept(observer);
      } catch (Throwable e) {
        log("an observer failed: " + observer.getClass().getName(), e);
      }
    }
  }

  /** Logs what the program's code threw, which may throw again when it is asked for its text. */
  static void log(String what, @Nullable Throwable thrown) {
    try {
      LOG.log(Level.WARNING, what, thrown);
    } catch (Throwable unspeakable) {
      LOG.log(Level.WARNING, what + "; what it threw can't be shown");
    }
  }

  void stateChanged(StateChange change) {
    if (isOn()) {
      tell(observer -> observer.onStateChange(change));
    }
  }

  /** Looks at the level of the log as well, so that it may be changed while a client lives. */
  void connecting(int epoch, BrokerAddress broker) {
    if (frames.isWanted() || isOn()) {
      set(frames, frames.isWanted());
      tell(observer -> observer.onConnecting(epoch, broker));
    }
  }

  void connected(int epoch, Agreement agreement) {
    if (isOn()) {
      tell(observer -> observer.onConnected(epoch, agreement));
    }
  }

  void disconnecting(int epoch) {
    if (isOn()) {
      tell(observer -> observer.onDisconnecting(epoch));
    }
  }

  void disconnected(int epoch, @Nullable StompException cause) {
    if (isOn()) {
      tell(observer -> observer.onDisconnected(epoch, Optional.ofNullable(cause)));
    }
  }

  void frameSent(int epoch, Frame frame) {
    if (isOn()) {
      Frame masked = frame.masked();
      tell(observer -> observer.onFrameSent(epoch, masked));
    }
  }

  void frameReceived(int epoch, Frame frame) {
    if (isOn()) {
      Frame masked = frame.masked();
      tell(observer -> observer.onFrameReceived(epoch, masked));
    }
  }

  void heartBeatSent(int epoch) {
    if (isOn()) {
      tell(observer -> observer.onHeartBeatSent(epoch));
    }
  }

  void heartBeatReceived(int epoch) {
    if (isOn()) {
      tell(observer -> observer.onHeartBeatReceived(epoch));
    }
  }

  void heartBeatTimeout(int epoch, Duration silence) {
    if (isOn()) {
      tell(observer -> observer.onHeartBeatTimeout(epoch, silence));
    }
  }

  void sendOutcome(String destination, Outcome outcome, Duration elapsed) {
    tell(observer -> observer.onSendOutcome(destination, outcome, elapsed));
  }

  void sendsLost(int epoch, int sends) {
    if (sends > 0 && isOn()) {
      tell(observer -> observer.onSendsLost(epoch, sends));
    }
  }

  void queueDepth(Subscription subscription, int messages) {
    tell(observer -> observer.onQueueDepth(subscription, messages));
  }

  void outgoingDepth(int epoch, int frames) {
    tell(observer -> observer.onOutgoingDepth(epoch, frames));
  }

  /** Lets listeners change a message, and tells of it, before the program gets it. */
  void delivering(Delivery delivery) {
    if (isOn()) {
      listeners.beforeMessage(delivery);
      tell(observer -> observer.onDelivery(delivery));
    }
  }

  void handled(Delivery delivery, long nanos, @Nullable Throwable failure) {
    if (isOn()) {
      Duration elapsed = Duration.ofNanos(nanos);
      tell(observer -> observer.onHandled(delivery, elapsed, Optional.ofNullable(failure)));
    }
  }

  void acknowledged(Delivery delivery, Verdict verdict, AckResult result) {
    if (isOn()) {
      tell(
          observer -> {
            if (verdict == Verdict.PROCESSED) {
              observer.onAck(delivery, result);
            } else {
              observer.onNack(delivery, result);
            }
          });
    }
  }
}
