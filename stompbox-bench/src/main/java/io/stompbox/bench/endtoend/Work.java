package io.stompbox.bench.endtoend;

/** What a client does with messages. */
public enum Work {
  /** Sends without asking for receipts; one receipt at the end says that all have come. */
  SEND,
  /** Sends and asks for a receipt each time, with a window of them outstanding. */
  SEND_CONFIRMED,
  /** Receives what the broker counts as acknowledged. */
  RECEIVE,
  /** Receives and acknowledges each message by itself; a receipt at the end closes it. */
  RECEIVE_ACK,
  /** A thread of the program sends a message, waits until it comes back, and sends the next one. */
  PING_PONG,
  /** The same, but whatever the library calls with a message sends the next one. */
  PING_PONG_CALLBACK
}
