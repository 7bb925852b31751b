package io.stompbox.client;

/**
 * Gives the messages of one run of a transaction's work ids that another run gives them too. Used
 * by one thread at a time.
 */
final class RunIds {
  private final String header;
  private final String prefix;
  private int last;

  /**
   * Creates them.
   *
   * @param header where the ids go
   * @param prefix what all runs of the same work share, and no others
   */
  RunIds(String header, String prefix) {
    this.header = header;
    this.prefix = prefix;
  }

  /** Returns the message with the next id, unless the program gave it one. */
  Outgoing next(Outgoing message) {
    last++;
    return message.headers().has(header) ? message : message.header(header, prefix + "-" + last);
  }
}
