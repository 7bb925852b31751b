package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.io.IOException;

/**
 * The folder of {@link LargeBodies} did not take the body of a message. Make room there or choose
 * another folder; the broker gives the message out again.
 */
public final class BodyStorageException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what the file system reported. */
  public BodyStorageException(String message, IOException cause) {
    super(message, cause);
  }

  /** Creates one for several in a row; the last is its cause. */
  BodyStorageException(String message, BodyStorageException last) {
    super(message, last);
  }
}
