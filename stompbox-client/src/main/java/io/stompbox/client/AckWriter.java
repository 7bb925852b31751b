package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes ACK and NACK on the connection that brought the message; otherwise nothing, and counts.
 */
final class AckWriter {
  private final Requests requests;
  private final ReceiveCounter counter;
  private final Supplier<@Nullable Epoch> current;

  AckWriter(Requests requests, ReceiveCounter counter, Supplier<@Nullable Epoch> current) {
    this.requests = requests;
    this.counter = counter;
    this.current = current;
  }

  Observation observation() {
    return requests.outbox().observation();
  }

  /** The connection that frames can be sent on; null while there is none. */
  @Nullable Epoch current() {
    return current.get();
  }

  /** The connection that brought a message; null if it is gone. */
  @Nullable Epoch epochOf(Delivery delivery) {
    Epoch epoch = current.get();
    return epoch != null && epoch.number() == delivery.epoch() ? epoch : null;
  }

  /** Returns what can tell one message's acknowledgement from others. */
  Confirmation confirmation(Verdict verdict, Delivery delivery) {
    String what = verdict == Verdict.PROCESSED ? "ACK of " : "NACK of ";
    return requests.receipts().confirmation(what + delivery);
  }

  /** Writes a frame; asks for its receipt if somebody wants to know. */
  void write(Frame frame, Epoch epoch, List<Confirmation> asking) {
    if (asking.isEmpty()) {
      requests.send(frame, epoch);
    } else {
      Confirmation receipt =
          requests.receipts().confirmation(frame.command().name(), said -> tell(said, asking));
      requests.ask(frame, epoch, receipt);
    }
  }

  private void tell(Outcome outcome, List<Confirmation> asking) {
    if (outcome instanceof Outcome.NotSent) {
      stale(asking);
    } else {
      asking.forEach(confirmation -> confirmation.complete(outcome));
    }
  }

  /** An acknowledgement came too late. */
  void stale(List<Confirmation> asking) {
    counter.addStaleAck();
    for (Confirmation confirmation : asking) {
      confirmation.complete(
          new Outcome.NotSent(
              new StaleDeliveryException(
                  "the acknowledgement is stale and was not written, since the connection that"
                      + " brought the message is gone or its subscription was closed; the broker"
                      + " gives the message out again")));
    }
  }
}
