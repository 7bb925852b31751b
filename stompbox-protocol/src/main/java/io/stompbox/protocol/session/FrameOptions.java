package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a frame may carry besides what it must.
 *
 * @param receipt the receipt to ask for; null asks for none
 * @param transaction the transaction it belongs to; null for none
 * @param headers the program's own headers
 */
public record FrameOptions(
    @Nullable String receipt, @Nullable String transaction, Headers headers) {

  /** Nothing. */
  public static final FrameOptions NONE = new FrameOptions(null, null, Headers.empty());

  /** Returns them with a receipt. */
  public FrameOptions withReceipt(String id) {
    return new FrameOptions(id, transaction, headers);
  }

  /** Returns them with a transaction. */
  public FrameOptions inTransaction(String id) {
    return new FrameOptions(receipt, id, headers);
  }

  /** Returns them with one more header. */
  public FrameOptions withHeader(String name, String value) {
    return new FrameOptions(receipt, transaction, headers.toBuilder().add(name, value).build());
  }

  /** Returns them with other headers. */
  public FrameOptions with(Headers others) {
    return new FrameOptions(receipt, transaction, others);
  }
}
