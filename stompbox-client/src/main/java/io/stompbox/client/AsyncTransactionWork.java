package io.stompbox.client;

import java.util.concurrent.CompletionStage;

/**
 * What happens in one transaction, without keeping a thread while it waits.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface AsyncTransactionWork<T> {
  /**
   * Begins the work. Runs on the client's handler executor. Use the transaction from one thread at
   * a time; a later step of the stage may run on another.
   *
   * @return what completes when the transaction may be committed; if it completes exceptionally the
   *     transaction is aborted
   * @throws Exception as if the stage had completed with it
   */
  CompletionStage<T> run(Transaction transaction) throws Exception;
}
