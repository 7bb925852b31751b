package io.stompbox.cli.message;

import io.stompbox.client.Outgoing;
import java.io.IOException;
import java.io.InterruptedIOException;
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
