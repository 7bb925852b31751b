package io.stompbox.checks.kills;

import io.stompbox.client.Confirmation;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Outcome;
import io.stompbox.client.StompClient;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;

/**
 * Sends confirmed messages, as many at a time as the client allows by default, while the broker is
 * killed again and again; then reads the queue. Nothing confirmed may be missing, first copies are
 * in order, and a second copy is there only of what was sent again, on Artemis not even then.
 */
final class ConfirmedSends {
  private final Scene scene;
  private final Report report;

  /** Sent and not known to be confirmed, oldest first: the next is {@link #next}. */
  private final Queue<Confirmation> open = new ArrayDeque<>();

  private final BitSet confirmed = new BitSet();
  private int next;
  private int resent;

  ConfirmedSends(Scene scene, Report report) {
    this.scene = scene;
    this.report = report;
  }

  void run() throws InterruptedException {
    Load load = scene.load();
    Outages outages = new Outages();
    try (StompClient client = scene.connect(ConnectOptions.defaults(), outages);
        Killer killer =
            Killer.start(
                scene.broker(),
                () -> Math.toIntExact(client.sends().confirmed()),
                load.moments())) {
      sendAll(client, load.messages());
      killer.await();
      report.count("messages", load.messages()).count("kills", killer.kills());
      report.count("down-ms", killer.down().toMillis());
    }
    count(scene.drain());
    report.count("outage-ms", outages.total().toMillis());
  }

  private void sendAll(StompClient client, int messages) throws InterruptedException {
    for (int number = 0; number < messages; number++) {
      open.add(client.sendConfirmed(scene.message(number)));
      while (!open.isEmpty() && open.element().isDone()) {
        settle();
      }
    }
    while (!open.isEmpty()) {
      settle();
    }
  }

  private void settle() throws InterruptedException {
    Outcome.Confirmed outcome = open.remove().await(Scene.LIMIT);
    confirmed.set(next++);
    resent += outcome.attempts() - 1;
  }

  private void count(Arrivals arrivals) {
    report
        .countAtLeast("confirmed", confirmed.cardinality(), scene.load().messages())
        .count("received", arrivals.distinct())
        .countAtMost("lost", arrivals.missing(confirmed), 0)
        .count("resent", resent)
        .countAtMost(
            "duplicated", arrivals.duplicates(), scene.kind().knowsDuplicates() ? 0 : resent)
        .countAtMost("disorder", arrivals.disorder(), 0);
  }
}
