package io.stompbox.bench.endtoend.subject;

import java.io.IOException;

/**
 * A library's connection.
 *
 * @param <M> what the library gives out for a message
 */
interface Session<M> extends AutoCloseable {
  /** What gets messages, one after the other. */
  @FunctionalInterface
  interface Receiver<M> {
    void message(M message, int octets) throws Exception;
  }

  /** Sends and asks nothing; waits where the library would run out of memory otherwise. */
  void send(String destination, byte[] body) throws Exception;

  /** Sends and asks for a receipt; waits while the window is full. */
  void sendConfirmed(String destination, byte[] body) throws Exception;

  /** Waits until the peer has confirmed everything that was sent. */
  void sync() throws Exception;

  void subscribe(String destination, Receiver<M> receiver) throws Exception;

  /** Acknowledges a message that the receiver has; called inside of it. */
  void ack(M message) throws Exception;

  /** Gives so many messages to the receiver, if the library does not do so by itself. */
  default void pump(long messages) throws Exception {}

  @Override
  void close() throws IOException;
}
