package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.StompException;

/** The program cancelled a send. {@link #sent()} says what that means for the message. */
public final class SendCancelledException extends StompException {
  private static final long serialVersionUID = 1L;

  private final Sent sent;

  SendCancelledException(Sent sent) {
    super(
        sent == Sent.NOT_SENT
            ? "the send was cancelled before any of it was written; the broker can't have it"
            : "the send was cancelled after it may have been written; the broker may have it");
    this.sent = sent;
  }

  /** What had become of the message. */
  public Sent sent() {
    return sent;
  }
}
