package io.stompbox.client.listener;

import io.stompbox.client.Delivery;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.Optional;

/** What a {@link io.stompbox.client.StompListener} is told, one record for each method. */
public sealed interface Event {
  /** The transport is up and CONNECT is about to be sent. */
  record Connecting(BrokerAddress broker) implements Event {}

  /** CONNECTED has come. */
  record Connected(Agreement agreement) implements Event {}

  /** DISCONNECT is about to be sent. */
  record Disconnecting() implements Event {}

  /** A connection has ended; {@code cause} is empty if the program has left. */
  record Disconnected(Optional<StompException> cause) implements Event {}

  /** A frame is sent. */
  record Send(Frame frame) implements Event {}

  /** A message is given to the program. */
  record Message(Delivery delivery) implements Event {}

  /** A RECEIPT came. */
  record Receipt(String id) implements Event {}

  /** An ERROR came. */
  record BrokerError(Frame frame) implements Event {}

  /** A heart-beat came. */
  record HeartBeat() implements Event {}

  /** The broker was silent for too long. */
  record HeartBeatTimeout(Duration silence) implements Event {}
}
