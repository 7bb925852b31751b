package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.Optional;

/**
 * Sees what a client does, for metrics, traces and logs. Every method does nothing by default, so
 * take what you need; a client without an observer pays nothing.
 *
 * <p>Methods are called on the client's own threads while its work waits, several at the same time:
 * be quick, never wait, and be safe to share. Whatever they throw is logged and harms nothing. Work
 * that may take long belongs into a {@link StompListener}, which has a thread for it.
 *
 * <p>Connections are numbered from 1 as {@link StompClient#epoch()} says. An attempt has the number
 * that its connection would have. In frames the values of {@code login}, {@code passcode} and other
 * secrets are {@code ***} ({@link Frame#masked()}).
 */
public interface ClientObserver {
  /** The state has changed. In order, one at a time, on the thread of the listeners. */
  default void onStateChange(StateChange change) {}

  /** The transport is up, with TLS if there is any, and CONNECT is about to be sent. */
  default void onConnecting(int epoch, BrokerAddress broker) {}

  /** CONNECTED has come; no other frame has been sent. */
  default void onConnected(int epoch, Agreement agreement) {}

  /** The program leaves: DISCONNECT is about to be sent. */
  default void onDisconnecting(int epoch) {}

  /**
   * The connection has ended. Called exactly once for each {@link #onConnecting}, after everything
   * else of that connection but deliveries of what had come.
   *
   * @param cause why; empty if the program has left
   */
  default void onDisconnected(int epoch, Optional<StompException> cause) {}

  /**
   * A frame is being written, so it is told before the answer to it. Octets of it may be lost with
   * the connection. It has no body, but its content-length, if a {@link BodySource} gives that.
   */
  default void onFrameSent(int epoch, Frame frame) {}

  /**
   * A frame has come and has not been looked at. It has no body if that is in a file ({@link
   * LargeBodies}).
   */
  default void onFrameReceived(int epoch, Frame frame) {}

  /** A heart-beat was written. */
  default void onHeartBeatSent(int epoch) {}

  /** A heart-beat came, or a line end that some brokers write behind a frame. */
  default void onHeartBeatReceived(int epoch) {}

  /** The broker was silent for too long; the connection ends for it. */
  default void onHeartBeatTimeout(int epoch, Duration silence) {}

  /**
   * What became of a send is known: of each confirmed one, and of plain ones of which no octet was
   * written. Sends in a transaction are not told; what becomes of its COMMIT becomes of them.
   *
   * @param elapsed since it was accepted; zero for a plain send
   */
  default void onSendOutcome(String destination, Outcome outcome, Duration elapsed) {}

  /** Plain sends were being written when the connection was lost; nobody knows more of them. */
  default void onSendsLost(int epoch, int sends) {}

  /**
   * A message waits for its handler, or to be pulled, together with {@code messages - 1} others.
   */
  default void onQueueDepth(Subscription subscription, int messages) {}

  /** Frames were taken to be written; {@code frames} others wait. */
  default void onOutgoingDepth(int epoch, int frames) {}

  /** A message is about to be given to its handler, or to whoever pulls. */
  default void onDelivery(Delivery delivery) {}

  /**
   * A handler has ended.
   *
   * @param failure what it threw; empty if it returned
   */
  default void onHandled(Delivery delivery, Duration elapsed, Optional<Throwable> failure) {}

  /** A message was acknowledged, by the program or for it; {@code result} says what was written. */
  default void onAck(Delivery delivery, AckResult result) {}

  /** A message was refused, as {@link #onAck}. */
  default void onNack(Delivery delivery, AckResult result) {}
}
