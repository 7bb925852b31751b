package io.stompbox.client.listener;

import io.stompbox.client.Delivery;
import io.stompbox.client.StompListener;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.Optional;

/** A listener that has one method for all events. */
@FunctionalInterface
public interface EventSink extends StompListener {
  /** Something has happened. */
  void onEvent(Event event);

  @Override
  default void onConnecting(BrokerAddress broker) {
    onEvent(new Event.Connecting(broker));
  }

  @Override
  default void onConnected(Agreement agreement) {
    onEvent(new Event.Connected(agreement));
  }

  @Override
  default void onDisconnecting() {
    onEvent(new Event.Disconnecting());
  }

  @Override
  default void onDisconnected(Optional<StompException> cause) {
    onEvent(new Event.Disconnected(cause));
  }

  @Override
  default void onSend(Frame frame) {
    onEvent(new Event.Send(frame));
  }

  @Override
  default void onMessage(Delivery delivery) {
    onEvent(new Event.Message(delivery));
  }

  @Override
  default void onReceipt(String receiptId) {
    onEvent(new Event.Receipt(receiptId));
  }

  @Override
  default void onError(Frame error) {
    onEvent(new Event.BrokerError(error));
  }

  @Override
  default void onHeartBeat() {
    onEvent(new Event.HeartBeat());
  }

  @Override
  default void onHeartBeatTimeout(Duration silence) {
    onEvent(new Event.HeartBeatTimeout(silence));
  }
}
