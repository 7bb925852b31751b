package io.stompbox.cli.message;

import io.stompbox.protocol.frame.Body;
import java.util.Optional;

/**
 * What is said to a request.
 *
 * @param body the reply
 * @param fault why it is none; empty if it is
 */
record Answer(Body body, Optional<String> fault) {
  static Answer of(Body body) {
    return new Answer(body, Optional.empty());
  }

  /** Finds the answer to a request. */
  @FunctionalInterface
  interface Source {
    /**
     * Returns the answer to a body.
     *
     * @throws io.stompbox.cli.process.Failure if it can't answer any
     */
    Answer to(Body request) throws InterruptedException;
  }
}
