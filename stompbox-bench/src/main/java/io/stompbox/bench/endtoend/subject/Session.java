package io.stompbox.bench.endtoend.subject;

import java.io.IOException;

/**
 * A library's connection.
 *
 * @param <M> what the library gives out for a message
 */
interface Session<M> extends AutoCloseable {
  /**
   * What gets messages, one after the other. Whoever calls it has looked into the message as a
   * program would, so that a library that puts work off has done it.
   */
  @FunctionalInterface
  interface Receiver<M> {
    /**
     * Takes a message.
     *
     * @param destination the header, as the String that a program would look at
     * @param first octet of the body
     * @param octets of the body
     */
    void message(M message, String destination, byte first, int octets) throws Exception;
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
