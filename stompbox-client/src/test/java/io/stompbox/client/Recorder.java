package io.stompbox.client;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that notes its signals and requests what the test tells it. */
class Recorder implements Flow.Subscriber<Delivery> {
  private static final long SECONDS = 20;

  private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  Flow.Subscription subscription() {
    return Objects.requireNonNull(subscription, "subscribed");
  }

  /** The next signal: the text of a message, "complete", or the class of the error. */
  String next() throws InterruptedException {
    return Objects.requireNonNull(signals.poll(SECONDS, TimeUnit.SECONDS), "no signal came");
  }

  boolean isSilent() {
    return signals.isEmpty();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
  }

  @Override
  public void onNext(Delivery delivery) {
    signals.add(delivery.text());
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(failure.getClass().getSimpleName());
  }

  @Override
  public void onComplete() {
    signals.add("complete");
  }
}
