package io.stompbox.client;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the program sends into the outbox, checked against what the last broker takes. Safe to
 * share between threads.
 */
final class Sends {
  /** Tells this client's sends from those of all others. */
  private final UUID id = UUID.randomUUID();

  private final Outbox outbox;
  private final Listeners listeners;
  private final Receipts receipts;
  private final Timeouts timeouts;
  private final DuplicateDetection duplicates;

  /** The header of repeated sends; null for none. */
  private final @Nullable String repeatMark;

  /** Whether sends have it that don't say so themselves. */
  private final ContentLength contentLength;

  /** The last connection; null before the first. */
  private final Supplier<@Nullable Epoch> last;

  Sends(Requests requests, ClientOptions options, Supplier<@Nullable Epoch> last) {
    this.outbox = requests.outbox();
    this.listeners = outbox.observation().listeners();
    this.receipts = requests.receipts();
    this.timeouts = requests.timeouts();
    this.duplicates = options.duplicates();
    this.repeatMark = options.repeatMark();
    this.contentLength = options.contentLength();
    this.last = last;
  }

  /** Sends at most once; waits for room. */
  void plain(Outgoing message) {
    plain(message, timeouts.space());
  }

  /** Sends at most once; waits for room no longer than that. */
  void plain(Outgoing message, Duration space) {
    outbox.put(unasked(message), space);
  }

  /** Sends at most once, unless there is no room; false then. */
  boolean tryPlain(Outgoing message) {
    return outbox.offer(unasked(message));
  }

  private Outbound unasked(Outgoing given) {
    Outgoing message = listeners.beforeSend(given);
    if (message.receipt() != null) {
      throw new IllegalArgumentException(
          "nobody would wait for the receipt '"
              + message.receipt()
              + "'; use sendConfirmed, or leave it out");
    }
    ContentLength length = message.lengthOr(contentLength);
    return Outbound.plain(checked(message.frame(profile())))
        .contentLength(length)
        .source(message.source().orElse(null));
  }

  /** Sends at least once; waits for room. */
  Confirmation confirmed(Outgoing message) {
    return confirmed(message, timeouts.space());
  }

  /** Sends at least once; waits for room no longer than that. */
  Confirmation confirmed(Outgoing message, Duration space) {
    Outgoing changed = listeners.beforeSend(message);
    Confirmation confirmation = confirmation(changed);
    outbox.put(confirmed(changed, confirmation), space);
    return confirmation;
  }

  /** Sends at least once, unless there is no room; empty then. */
  Optional<Confirmation> tryConfirmed(Outgoing message) {
    Outgoing changed = listeners.beforeSend(message);
    Confirmation confirmation = confirmation(changed);
    boolean isAccepted = outbox.offer(confirmed(changed, confirmation));
    return isAccepted ? Optional.of(confirmation) : Optional.empty();
  }

  private Confirmation confirmation(Outgoing message) {
    return receipts.confirmation("SEND to ", message.destination());
  }

  private Outbound confirmed(Outgoing message, Confirmation confirmation) {
    profile().checkConfirms("confirmed sends");
    String chosen = message.receipt();
    String receipt = chosen == null ? receipts.next() : chosen;
    ContentLength length = message.lengthOr(contentLength);
    Frame asking = message.frame(profile()).with("receipt", receipt);
    Frame frame = withDuplicateId(asking, receipt);
    Outbound outbound =
        Outbound.confirmed(frame, receipt, confirmation)
            .contentLength(length)
            .source(message.source().orElse(null));
    String mark = repeatMark;
    if (mark == null || frame.headers().has(mark)) {
      checked(frame);
    } else {
      // Whoever may be repeated must not become too large by it.
      checked(frame.with(mark, "true"));
      outbound.markRepeats(mark);
    }
    long deadline = outbox.deadline(timeouts.delivery());
    outbound.deadline(deadline);
    outbound.accepted(deadline - timeouts.delivery().toNanos());
    confirmation.onCancel(() -> outbox.resolution().cancel(outbound));
    return outbound;
  }

  private Frame withDuplicateId(Frame frame, String receipt) {
    String header = duplicates.header(profile());
    return header == null || frame.headers().has(header)
        ? frame
        : frame.with(header, id + "-" + receipt);
  }

  /** That of the last broker. */
  private BrokerProfile profile() {
    Epoch epoch = last.get();
    return epoch == null ? BrokerProfile.GENERIC : epoch.profile();
  }

  private Frame checked(Frame frame) {
    Epoch epoch = last.get();
    if (epoch != null) {
      epoch.check(frame);
    }
    return frame;
  }

  /** Waits until everything that was put into the outbox before has been written. */
  void flush(Duration limit) throws InterruptedException {
    flush(outbox, receipts.confirmation("flush"), limit);
  }

  static void flush(Outbox outbox, Confirmation reached, Duration limit)
      throws InterruptedException {
    Outbound mark = Outbound.mark(reached);
    outbox.put(mark, limit);
    try {
      reached.await(limit);
    } finally {
      // Nobody waits for it any more, and it would take the room of a frame.
      outbox.resolution().cancel(mark);
    }
  }
}
