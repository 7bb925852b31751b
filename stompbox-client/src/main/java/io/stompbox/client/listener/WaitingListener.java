package io.stompbox.client.listener;

import io.stompbox.client.StompListener;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a thread wait for a receipt, or for the end of a connection. It hears of what happens while
 * it is registered, so add it before. Safe to share.
 */
public final class WaitingListener implements StompListener {
  private final String receiptId;
  private final CompletableFuture<String> receipt = new CompletableFuture<>();
  private final CompletableFuture<Optional<StompException>> disconnected =
      new CompletableFuture<>();

  /** Creates one that waits for the receipt of this id. */
  public WaitingListener(String receiptId) {
    this.receiptId = receiptId;
  }

  /**
   * Waits for the receipt; returns at once if it has come.
   *
   * @throws StompTimeoutException if it does not come within {@code limit}
   */
  public void awaitReceipt(Duration limit) throws InterruptedException {
    await(receipt, "receipt '" + receiptId + "'", limit);
  }

  /**
   * Waits until a connection has ended; returns at once if one has.
   *
   * @return why; empty if the program has left
   * @throws StompTimeoutException if none ends within {@code limit}
   */
  public Optional<StompException> awaitDisconnected(Duration limit) throws InterruptedException {
    return await(disconnected, "end of a connection", limit);
  }

  private static <T> T await(CompletableFuture<T> event, String what, Duration limit)
      throws InterruptedException {
    try {
      return event.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StompTimeoutException("no " + what + " within " + limit.toMillis() + "ms");
    } catch (ExecutionException e) {
      throw new AssertionError("never completes with an exception", e);
    }
  }

  @Override
  public void onReceipt(String id) {
    if (id.equals(receiptId)) {
      receipt.complete(id);
    }
  }

  @Override
  public void onDisconnected(Optional<StompException> cause) {
    disconnected.complete(cause);
  }
}
