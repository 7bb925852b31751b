package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a frame may carry besides what it must.
 *
 * @param receipt the receipt to ask for; null asks for none
 * @param transaction the transaction it belongs to; null for none
 * @param headers the program's own headers
 * @param answerBy until when a {@link Session} waits for the receipt, or for CONNECTED, in the
 *     nanoseconds of the driver's clock; null waits as long as the connection lasts
 */
public record FrameOptions(
    @Nullable String receipt,
    @Nullable String transaction,
    Headers headers,
    @Nullable Long answerBy) {

  /** Nothing. */
  public static final FrameOptions NONE = new FrameOptions(null, null, Headers.empty(), null);

  /** Returns them with a receipt; null asks for none. */
  public FrameOptions withReceipt(@Nullable String id) {
    return new FrameOptions(id, transaction, headers, answerBy);
  }

  /** Returns them with a transaction; null for none. */
  public FrameOptions inTransaction(@Nullable String id) {
    return new FrameOptions(receipt, id, headers, answerBy);
  }

  /** Returns them with the transaction that a message names, if it is one of the {@code open}. */
  public FrameOptions inTransactionOf(Frame message, Collection<String> open) {
    String named = message.header("transaction");
    return named != null && open.contains(named) ? inTransaction(named) : this;
  }

  /** Returns them with one more header. */
  public FrameOptions withHeader(String name, String value) {
    return with(headers.toBuilder().add(name, value).build());
  }

  /** Returns them with other headers. */
  public FrameOptions with(Headers others) {
    return new FrameOptions(receipt, transaction, others, answerBy);
  }

  /** Returns them with a deadline for the answer, on the driver's clock; null for none. */
  public FrameOptions answerBy(@Nullable Long deadline) {
    return new FrameOptions(receipt, transaction, headers, deadline);
  }

  /**
   * Returns a frame with these options. What it has already stays in force, and free headers of the
   * same name are left out: a second entry would only confuse, and Artemis takes the last in STOMP
   * 1.0.
   */
  Frame complete(Frame bare) {
    if (equals(NONE)) {
      return bare;
    }
    Headers.Builder all = bare.headers().toBuilder();
    if (transaction != null && !bare.headers().has("transaction")) {
      all.add("transaction", transaction);
    }
    if (receipt != null) {
      all.add("receipt", receipt);
    }
    Headers set = all.build();
    for (Header header : headers) {
      if (!set.has(header.name())) {
        all.add(header.name(), header.value());
      }
    }
    return new Frame(bare.command(), all.build(), bare.body());
  }

  /**
   * Refuses a free header id where a subscription goes by its destination: the server would take
   * the frame for one of the subscription that has this id.
   */
  void checkWithoutId(Command command) {
    if (headers.has("id")) {
      throw reserved("id:" + headers.get("id"), command);
    }
  }

  /**
   * Refuses a free header that a parameter of {@code frame}, which has these options, overrules, or
   * that a session would have to know of.
   */
  void checkFree(Frame frame) {
    for (Header free : headers) {
      boolean harmless =
          switch (free.name()) {
            case "receipt" -> free.value().equals(receipt);
            case "transaction" -> free.value().equals(transaction);
            default -> frame.headers().values(free.name()).contains(free.value());
          };
      if (!harmless) {
        throw reserved(free.toString(), frame.command());
      }
    }
  }

  private static IllegalFrameException reserved(String header, Command command) {
    return new IllegalFrameException(
        Reason.RESERVED_HEADER,
        "the header '"
            + header
            + "' of "
            + command
            + " can't be set as a free header; use the parameter or option for it");
  }
}
