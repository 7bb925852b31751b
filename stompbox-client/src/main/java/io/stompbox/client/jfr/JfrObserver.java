package io.stompbox.client.jfr;

import io.stompbox.client.ClientObserver;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outcome;
import io.stompbox.client.StateChange;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a client does into the Flight Recorder, in the category STOMP: {@code
 * io.stompbox.Connection}, {@code io.stompbox.StateChange}, {@code io.stompbox.HeartBeatTimeout},
 * {@code io.stompbox.SendOutcome} and {@code io.stompbox.SlowHandler}. Costs next to nothing while
 * no recording wants them.
 *
 * <p>Each client needs one of its own: {@code StompClient.builder(uri).observer(new
 * JfrObserver())}.
 */
public final class JfrObserver implements ClientObserver {
  private static final Duration SLOW = Duration.ofSeconds(1);

  /** From when on a handler is slow. */
  private final Duration slow;

  /** Those that have begun and not ended, by number. */
  private final Map<Integer, ConnectionEvent> connections = new ConcurrentHashMap<>();

  /** Creates one for which handlers are slow that take a second. */
  public JfrObserver() {
    this(SLOW);
  }

  /** Creates one for which handlers are slow that take {@code slow}; zero takes all. */
  public JfrObserver(Duration slow) {
    if (slow.isNegative()) {
      throw new IllegalArgumentException("slow must not be negative: " + slow);
    }
    this.slow = slow;
  }

  @Override
  public void onConnecting(int epoch, BrokerAddress broker) {
    ConnectionEvent event = new ConnectionEvent();
    event.begin();
    event.epoch = epoch;
    event.broker = broker.toString();
    connections.put(epoch, event);
  }

  @Override
  public void onConnected(int epoch, Agreement agreement) {
    ConnectionEvent event = connections.get(epoch);
    if (event != null) {
      event.version = agreement.version().text();
    }
  }

  @Override
  public void onDisconnected(int epoch, Optional<StompException> cause) {
    ConnectionEvent event = connections.remove(epoch);
    if (event != null) {
      event.cause = text(cause);
      event.commit();
    }
  }

  @Override
  public void onStateChange(StateChange change) {
    StateChangeEvent event = new StateChangeEvent();
    if (event.isEnabled()) {
      event.epoch = change.epoch();
      event.from = change.from().name();
      event.to = change.to().name();
      event.cause = text(change.cause());
      event.commit();
    }
  }

  @Override
  public void onHeartBeatTimeout(int epoch, Duration silence) {
    HeartBeatTimeoutEvent event = new HeartBeatTimeoutEvent();
    event.epoch = epoch;
    event.silence = silence.toNanos();
    event.commit();
  }

  @Override
  public void onSendOutcome(String destination, Outcome outcome, Duration elapsed) {
    SendOutcomeEvent event = new SendOutcomeEvent();
    if (event.isEnabled()) {
      event.destination = destination;
      event.outcome = outcome.getClass().getSimpleName();
      event.elapsed = elapsed.toNanos();
      event.commit();
    }
  }

  @Override
  public void onHandled(Delivery delivery, Duration elapsed, Optional<Throwable> failure) {
    SlowHandlerEvent event = new SlowHandlerEvent();
    if (elapsed.compareTo(slow) >= 0 && event.isEnabled()) {
      event.destination = delivery.subscription().destination();
      event.elapsed = elapsed.toNanos();
      event.failure = failure.<Class<?>>map(Throwable::getClass).orElse(null);
      event.commit();
    }
  }

  private static @Nullable String text(Optional<? extends Throwable> cause) {
    return cause.map(Throwable::getMessage).orElse(null);
  }
}
