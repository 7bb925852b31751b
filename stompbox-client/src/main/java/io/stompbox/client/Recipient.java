package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who gets the messages of a subscription that are not pulled. */
interface Recipient {
  /** What {@link #take} returns for a message that is processed already. */
  CompletionStage<?> DONE = CompletableFuture.completedStage(true);

  /**
   * Takes a message. Runs on the handler executor.
   *
   * @return what completes when the message is processed; null if it was not taken, so that it is
   *     neither acknowledged nor refused
   * @throws Exception if the message can't be processed
   */
  @Nullable CompletionStage<?> take(Delivery delivery) throws Exception;

  /** How many messages it wants. */
  default Demand demand() {
    return Demand.all();
  }

  /**
   * No more messages come. Must not run user code: the caller may be the reader.
   *
   * @param cause what ended the subscription against the program's will; null otherwise
   */
  default void ended(@Nullable StompException cause) {}

  static Recipient of(MessageHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return delivery -> {
      handler.onMessage(delivery);
      return DONE;
    };
  }

  static Recipient of(AsyncMessageHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return delivery ->
        Objects.requireNonNull(
            handler.onMessage(delivery),
            "the handler returned null; return a stage that completes when the message is processed");
  }
}
