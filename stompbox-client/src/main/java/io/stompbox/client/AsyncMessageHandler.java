package io.stompbox.client;

import java.util.concurrent.CompletionStage;

/** Processes the messages of a subscription without keeping a thread while it waits. */
@FunctionalInterface
public interface AsyncMessageHandler {
  /**
   * Begins to process one message. Runs on the client's handler executor. The message counts as
   * processed when the stage completes, and as failed when it completes exceptionally: that is when
   * it is acknowledged, or handled by {@link ErrorPolicy}, and when the next one may begin (see
   * {@link SubscribeOptions#concurrency}). Closing waits for the stage, so don't let the stage wait
   * for that.
   *
   * @return what completes when the message is processed, on any thread; its value is ignored
   * @throws Exception as if the stage had completed with it
   */
  CompletionStage<?> onMessage(Delivery delivery) throws Exception;
}
