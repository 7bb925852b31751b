package io.stompbox.client;

import static io.stompbox.client.ClientState.CLOSED;
import static io.stompbox.client.ClientState.CONNECTED;
import static io.stompbox.client.ClientState.CONNECTING;
import static io.stompbox.client.ClientState.DRAINING;
import static io.stompbox.client.ClientState.FAILED;
import static io.stompbox.client.ClientState.NEW;
import static io.stompbox.client.ClientState.RECOVERING;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state of a client: one table, one door, and listeners that hear of changes in order. */
final class Lifecycle {
  private static final Logger LOG = System.getLogger("io.stompbox.client");
  private static final Map<ClientState, Set<ClientState>> TRANSITIONS =
      new EnumMap<>(ClientState.class);

  static {
    TRANSITIONS.put(NEW, EnumSet.of(CONNECTING, DRAINING));
    TRANSITIONS.put(CONNECTING, EnumSet.of(CONNECTED, DRAINING, FAILED));
    TRANSITIONS.put(CONNECTED, EnumSet.of(RECOVERING, DRAINING));
    TRANSITIONS.put(RECOVERING, EnumSet.of(CONNECTED, DRAINING, FAILED));
    TRANSITIONS.put(DRAINING, EnumSet.of(CLOSED));
    TRANSITIONS.put(FAILED, EnumSet.of(CLOSED));
    TRANSITIONS.put(CLOSED, EnumSet.noneOf(ClientState.class));
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Consumer<StateChange> listener;
  private final Executor events;
  private final Observation observation;

  /** What learns of the end. */
  private final CompletableFuture<CloseReport> end = new CompletableFuture<>();

  /** Written under lock. */
  private volatile ClientState state = NEW;

  /**
   * Creates one that is NEW.
   *
   * @param events runs one task after the other, so that the listener hears in order
   */
  Lifecycle(Consumer<StateChange> listener, Executor events, Observation observation) {
    this.listener = listener;
    this.events = events;
    this.observation = observation;
  }

  ClientState state() {
    return state;
  }

  /** Changes the state if the table allows it now; tells whether it did. */
  boolean transition(ClientState next, int epoch, @Nullable Throwable cause) {
    lock.lock();
    try {
      ClientState from = state;
      if (!allowed(from).contains(next)) {
        return false;
      }
      state = next;
      changed.signalAll();
      StateChange change = new StateChange(from, next, epoch, Optional.ofNullable(cause));
      LOG.log(Level.DEBUG, "{0}", change);
      events.execute(() -> tell(change));
      return true;
    } finally {
      lock.unlock();
    }
  }

  static Set<ClientState> allowed(ClientState from) {
    return TRANSITIONS.getOrDefault(from, EnumSet.noneOf(ClientState.class));
  }

  /** A listener that throws must not keep others from hearing. */
  private void tell(StateChange change) {
    try {
      listener.accept(change);
    } catch (Throwable e) {
      Observation.log("a state listener failed on " + change, e);
    }
    observation.stateChanged(change);
    if (change.to() == FAILED) {
      change.cause().ifPresent(end::completeExceptionally);
    }
  }

  /** Completes when the client has closed, or fails with what made it give up. */
  CompletableFuture<CloseReport> end() {
    return end;
  }

  /** Lets {@link #awaitUntil} look again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until {@code condition} holds, which is asked again after each change of state and each
   * {@link #wake()}; false if it does not within {@code nanos}.
   */
  boolean awaitUntil(BooleanSupplier condition, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
