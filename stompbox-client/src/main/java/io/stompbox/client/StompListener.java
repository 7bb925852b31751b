package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.Optional;

/**
 * Hears of what happens on the connections of a client, and may change messages on their way. Every
 * method does nothing by default. It is registered under a name: {@link Listeners}, {@link
 * StompClientBuilder#listener}.
 *
 * <p>The methods that begin with {@code on} are called one at a time, in the order of what happened
 * and for each event in the order in which the listeners were added, on a thread of the client that
 * does nothing else. So they may take their time; {@link Listeners} says what happens then. The two
 * that begin with {@code before} are called where the message is, several at the same time.
 * Whatever any of them throws is logged, and harms neither other listeners nor the connection.
 *
 * <p>A connection is told of in this order: connecting, connected, all that goes over it,
 * disconnecting if the program leaves, disconnected. Every {@link #onConnecting} is followed by one
 * {@link #onDisconnected}. Secrets in frames are {@code ***}, see {@link Frame#masked()}.
 */
public interface StompListener {
  /** The transport is up, with TLS if there is any, and CONNECT is about to be sent. */
  default void onConnecting(BrokerAddress broker) {}

  /** CONNECTED has come. */
  default void onConnected(Agreement agreement) {}

  /** The program leaves: DISCONNECT is about to be sent. */
  default void onDisconnecting() {}

  /**
   * A connection has ended, or CONNECT was refused or not answered. A receipt for DISCONNECT is
   * told before it.
   *
   * @param cause why; empty if the program has left
   */
  default void onDisconnected(Optional<StompException> cause) {}

  /** A frame is sent: CONNECT, SUBSCRIBE, ACK or any other. It may get lost on its way. */
  default void onSend(Frame frame) {}

  /** A message is given to its handler, or to whoever pulls. */
  default void onMessage(Delivery delivery) {}

  /** A RECEIPT came, whoever waits for it. */
  default void onReceipt(String receiptId) {}

  /** An ERROR came; mostly the connection ends with it. */
  default void onError(Frame error) {}

  /** A heart-beat came, or a line end that some brokers write behind a frame. */
  default void onHeartBeat() {}

  /** The broker was silent for too long; the connection ends for it. */
  default void onHeartBeatTimeout(Duration silence) {}

  /**
   * Changes a message before its handler, or whoever pulls, gets it; on the thread that processes
   * it. Listeners that were added later get what this one returns. Acknowledgements, duplicate
   * detection and copies for error destinations go by the message as it came.
   *
   * @param delivery {@link Delivery#frame()} is what earlier listeners made of it, {@link
   *     Delivery#original()} what came
   * @return a MESSAGE
   */
  default Frame beforeMessage(Delivery delivery) {
    return delivery.frame();
  }

  /**
   * Changes a message before it is sent, once however often it is sent again; on the thread that
   * sends it, which waits. Listeners that were added later get what this one returns.
   */
  default Outgoing beforeSend(Outgoing message) {
    return message;
  }
}
