package io.stompbox.cli.demo;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what is in a queue without waiting for what may not come: sends a mark to the queue, which
 * the broker keeps in order, and reads up to it.
 */
final class DemoMarks {
  private static final String MARK = "mark ";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final StompClient sender;
  private final Subscription reader;
  private int marks;

  DemoMarks(StompClient sender, Subscription reader) {
    this.sender = sender;
    this.reader = reader;
  }

  /** Returns what came before a mark that is sent now, in order, and acknowledges it. */
  List<Delivery> upToMark() throws InterruptedException {
    marks++;
    String mark = MARK + marks;
    sender.sendConfirmed(Outgoing.to(reader.destination()).text(mark)).await(PATIENCE);
    List<Delivery> deliveries = new ArrayList<>();
    while (true) {
      Delivery delivery = reader.receive(PATIENCE).orElseThrow(DemoMarks::missing);
      delivery.ack();
      if (delivery.text().equals(mark)) {
        return deliveries;
      }
      deliveries.add(delivery);
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException(
        "a message that the broker confirmed did not come within "
            + DurationConverter.text(PATIENCE));
  }
}
