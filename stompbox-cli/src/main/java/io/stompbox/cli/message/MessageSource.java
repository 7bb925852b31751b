package io.stompbox.cli.message;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.Outgoing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages to be sent, one after the other. */
@FunctionalInterface
interface MessageSource {
  /**
   * Returns the next message; null at the end.
   *
   * @throws InterruptedIOException if the thread is interrupted while it waits for input
   * @throws io.stompbox.cli.process.Failure if the input can't be understood
   */
  @Nullable Outgoing next() throws IOException;

  /** How many octets of bodies were read while their messages were sent. */
  default long octetsRead() {
    return 0;
  }

  /** What went wrong with a body that is read while its message is sent; empty if nothing has. */
  default Optional<Failure> fault() {
    return Optional.empty();
  }

  /** Returns the same message a number of times. */
  static MessageSource repeated(Outgoing message, long times) {
    return new MessageSource() {
      private long left = times;

      @Override
      public @Nullable Outgoing next() {
        return left-- > 0 ? message : null;
      }
    };
  }
}
