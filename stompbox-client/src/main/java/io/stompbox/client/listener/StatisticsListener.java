package io.stompbox.client.listener;

import io.stompbox.client.Delivery;
import io.stompbox.client.StompListener;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events, for one client or for several together. What its client's {@link
 * io.stompbox.client.Listeners#dropped()} counts is missing here. Safe to share.
 */
public final class StatisticsListener implements StompListener {
  private final LongAdder connections = new LongAdder();
  private final LongAdder disconnections = new LongAdder();
  private final LongAdder sends = new LongAdder();
  private final LongAdder octetsSent = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder octetsReceived = new LongAdder();
  private final LongAdder receipts = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder heartBeats = new LongAdder();
  private final LongAdder heartBeatTimeouts = new LongAdder();

  /** Creates one that has counted nothing. */
  public StatisticsListener() {}

  /** What was counted so far. */
  public Statistics statistics() {
    return new Statistics(
        connections.sum(),
        disconnections.sum(),
        sends.sum(),
        octetsSent.sum(),
        messages.sum(),
        octetsReceived.sum(),
        receipts.sum(),
        errors.sum(),
        heartBeats.sum(),
        heartBeatTimeouts.sum());
  }

  @Override
  public void onConnecting(BrokerAddress broker) {
    connections.increment();
  }

  @Override
  public void onDisconnected(Optional<StompException> cause) {
    disconnections.increment();
  }

  @Override
  public void onSend(Frame frame) {
    sends.increment();
    octetsSent.add(octets(frame));
  }

  /** A body that is read while it is written is not here, but the head has its length. */
  private static long octets(Frame frame) {
    String announced = frame.body().isEmpty() ? frame.header("content-length") : null;
    return announced == null ? frame.body().size() : Long.parseLong(announced);
  }

  @Override
  public void onMessage(Delivery delivery) {
    messages.increment();
    octetsReceived.add(delivery.bodyLength());
  }

  @Override
  public void onReceipt(String receiptId) {
    receipts.increment();
  }

  @Override
  public void onError(Frame error) {
    errors.increment();
  }

  @Override
  public void onHeartBeat() {
    heartBeats.increment();
  }

  @Override
  public void onHeartBeatTimeout(Duration silence) {
    heartBeatTimeouts.increment();
  }

  /** The summary. */
  @Override
  public String toString() {
    return statistics().summary();
  }
}
