package io.stompbox.protocol.frame;

/**
 * The root of everything that Stompbox throws because of a peer or a network.
 *
 * <p>Mistakes of the caller are {@link IllegalArgumentException} and {@link IllegalStateException}
 * instead. Catch a subclass when there is something different to do for it.
 */
public abstract class StompException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For subclasses: {@code message} says what happened, with the values, and what to do. */
  protected StompException(String message) {
    super(message);
  }

  /** As {@link #StompException(String)}, with what led to it. */
  protected StompException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says what happened, with the values, and what to do. Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
