package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one subscription as one subscriber of a reactive stream sees them: one signal at
 * a time, none beyond its demand, none after the last. Safe to share between threads.
 */
final class DeliveryStream implements Flow.Subscription, Recipient {
  private static final Set<ClientState> OVER =
      EnumSet.of(ClientState.DRAINING, ClientState.CLOSED, ClientState.FAILED);

  private final StompClient client;
  private final String destination;
  private final SubscribeOptions how;
  private final Executor executor;
  private final Demand demand = Demand.none();

  /** Never held while user code runs. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private State state = State.INTRODUCED;

  /** Null once it has had its last signal or has cancelled. Guarded by lock. */
  private Flow.@Nullable Subscriber<? super Delivery> subscriber;

  /** Inside a signal of the subscriber's. Guarded by lock. */
  private @Nullable Thread signalling;

  /** Whether another thread has cancelled while a message was handed over. Guarded by lock. */
  private boolean isLeft;

  /** Ends the stream; null until it is known how. Guarded by lock. */
  private @Nullable Consumer<Flow.Subscriber<? super Delivery>> last;

  /** Null until the broker has confirmed. */
  private volatile @Nullable Subscription subscription;

  private enum State {
    /** In onSubscribe, where no other signal may come. */
    INTRODUCED,
    /** Waiting for the first demand. */
    IDLE,
    /** Waiting for the broker's receipt; messages may come before. */
    SUBSCRIBING,
    /** Messages come. */
    OPEN,
    /** Cancelled, or nothing but the last signal is missing. */
    ENDED
  }

  DeliveryStream(
      StompClient client,
      String destination,
      SubscribeOptions how,
      Executor executor,
      Flow.Subscriber<? super Delivery> subscriber) {
    this.client = client;
    this.destination = destination;
    this.how = how;
    this.executor = executor;
    this.subscriber = subscriber;
  }

  @Override
  public Demand demand() {
    return demand;
  }

  /** Gives the subscriber its subscription. */
  void start() {
    Flow.Subscriber<? super Delivery> introduced = begin();
    if (introduced != null) {
      introduced.onSubscribe(this);
    }
    finish();
    move(State.INTRODUCED, State.IDLE);
    if (OVER.contains(client.state())) {
      end(told -> told.onError(Reconnector.closed()));
    } else if (!demand.isUsedUp()) {
      subscribeOnce();
    }
  }

  @Override
  public void request(long messages) {
    if (messages <= 0) {
      end(told -> told.onError(illegalDemand(messages)));
      close();
      return;
    }
    demand.add(messages);
    subscribeOnce();
    Subscription made = subscription;
    if (made != null) {
      made.wakeReceiver();
    }
  }

  private static IllegalArgumentException illegalDemand(long messages) {
    return new IllegalArgumentException(
        "demand must be at least 1: " + messages + " (Reactive Streams, rule 3.9)");
  }

  private void subscribeOnce() {
    if (move(State.IDLE, State.SUBSCRIBING)) {
      execute(this::subscribe);
    }
  }

  private void subscribe() {
    Subscription made;
    try {
      made = client.subscribeFor(this, destination, how);
    } catch (RuntimeException | Error e) {
      end(told -> told.onError(e));
      return;
    }
    subscription = made;
    if (!move(State.SUBSCRIBING, State.OPEN)) {
      made.close();
    } else if (!made.hasEnded()) {
      // Demand that came in between could not wake it.
      made.wakeReceiver();
    } else {
      ended(made.failure().orElse(null));
    }
  }

  /** Tells whether it was in that state. */
  private boolean move(State from, State to) {
    lock.lock();
    try {
      boolean was = state == from;
      state = was ? to : state;
      return was;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable CompletionStage<?> take(Delivery delivery) {
    Flow.Subscriber<? super Delivery> receiver = begin();
    if (receiver == null) {
      return null;
    }
    boolean isTaken;
    try {
      receiver.onNext(delivery);
    } catch (RuntimeException | Error e) {
      cancel();
      throw e;
    } finally {
      isTaken = finish();
    }
    return isTaken ? DONE : null;
  }

  /** Begins a signal; null if none may come any more. */
  private Flow.@Nullable Subscriber<? super Delivery> begin() {
    lock.lock();
    try {
      if (state == State.ENDED) {
        return null;
      }
      signalling = Thread.currentThread();
      return subscriber;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a signal; false if the subscriber has cancelled on another thread meanwhile. */
  private boolean finish() {
    boolean wasLeft;
    lock.lock();
    try {
      signalling = null;
      wasLeft = isLeft;
    } finally {
      lock.unlock();
    }
    tellLast();
    return !wasLeft;
  }

  /** Whether it could be made at all is told by {@link #subscribe}. */
  @Override
  public void ended(@Nullable StompException cause) {
    if (isSubscribing()) {
      return;
    }
    end(cause == null ? Flow.Subscriber::onComplete : told -> told.onError(cause));
  }

  private boolean isSubscribing() {
    lock.lock();
    try {
      return state == State.SUBSCRIBING;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the last signal, as soon as the one that is under way has ended. */
  private void end(Consumer<Flow.Subscriber<? super Delivery>> signal) {
    lock.lock();
    try {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
      last = signal;
    } finally {
      lock.unlock();
    }
    execute(this::tellLast);
  }

  private void tellLast() {
    Flow.Subscriber<? super Delivery> receiver;
    Consumer<Flow.Subscriber<? super Delivery>> signal;
    lock.lock();
    try {
      if (signalling != null || last == null) {
        return;
      }
      receiver = subscriber;
      signal = last;
      subscriber = null;
      last = null;
    } finally {
      lock.unlock();
    }
    if (receiver != null) {
      signal.accept(receiver);
    }
  }

  @Override
  public void cancel() {
    lock.lock();
    try {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
      subscriber = null;
      isLeft = signalling != null && !Thread.currentThread().equals(signalling);
    } finally {
      lock.unlock();
    }
    close();
  }

  /** Unsubscribes once {@code onNext} has returned, so that its message can be acknowledged. */
  private void close() {
    Subscription made = subscription;
    if (made != null) {
      execute(made::close);
    }
  }

  private void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException closed) {
      // The client has no threads any more, and nobody else tells the subscriber.
      task.run();
    }
  }

  @Override
  public String toString() {
    return "messages of " + destination;
  }
}
