package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/** No answer came in time, so the outcome is not known. Retry what may be done twice. */
public final class StompTimeoutException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one whose message says what was waited for and for how long. */
  public StompTimeoutException(String message) {
    super(message);
  }
}
