package io.stompbox.cli.demo;

import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.client.Transaction;
import io.stompbox.testkit.EmbeddedBroker;
import java.util.List;
import java.util.stream.IntStream;

/** Commits one transaction and aborts another, while another client looks at the queue. */
final class DemoTransactions {
  static final String QUEUE = "/queue/stompbox.demo.transactions";
  private static final int SIZE = 10;

  private final DemoStory story;

  DemoTransactions(DemoStory story) {
    this.story = story;
  }

  /** The witness is connected to the broker itself, not through the proxy. */
  void play(StompClient client, EmbeddedBroker broker) throws InterruptedException {
    try (StompClient witness = StompClient.connect(broker.uri());
        Subscription subscription = witness.subscribe(QUEUE)) {
      DemoMarks marks = new DemoMarks(client, subscription);
      commit(client, marks);
      abort(client, marks);
    }
  }

  private void commit(StompClient client, DemoMarks marks) throws InterruptedException {
    try (Transaction transaction = client.begin()) {
      List<String> bodies = send(transaction, "committed");
      List<Delivery> before = marks.upToMark();
      transaction.commit();
      List<Delivery> after = marks.upToMark();
      String details = details("COMMIT", before, after);
      if (before.isEmpty() && after.stream().map(Delivery::text).toList().equals(bodies)) {
        story.seen(DemoStep.COMMITTED, details);
      } else {
        story.tell("commit failed", details);
      }
    }
  }

  private void abort(StompClient client, DemoMarks marks) throws InterruptedException {
    try (Transaction transaction = client.begin()) {
      send(transaction, "aborted");
      List<Delivery> before = marks.upToMark();
      transaction.abort();
      List<Delivery> after = marks.upToMark();
      String details = details("ABORT", before, after);
      if (before.isEmpty() && after.isEmpty()) {
        story.seen(DemoStep.ABORTED, details);
      } else {
        story.tell("abort failed", details);
      }
    }
  }

  private static List<String> send(Transaction transaction, String name) {
    List<String> bodies = IntStream.rangeClosed(1, SIZE).mapToObj(i -> name + " " + i).toList();
    bodies.forEach(body -> transaction.send(QUEUE, body));
    return bodies;
  }

  private static String details(String end, List<Delivery> before, List<Delivery> after) {
    return "a transaction of %d: another client saw %d before %s, %d after"
        .formatted(SIZE, before.size(), end, after.size());
  }
}
