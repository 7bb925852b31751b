package io.stompbox.client;

/** A {@link BodySource} did not give what it promised. */
final class BodyFailure extends Exception {
  private static final long serialVersionUID = 1;

  BodyFailure(String message) {
    super(message);
  }

  BodyFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
