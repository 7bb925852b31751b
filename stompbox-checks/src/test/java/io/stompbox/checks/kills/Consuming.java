package io.stompbox.checks.kills;

import io.stompbox.client.AckResult;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Confirmation;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.transport.TransportFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fills a queue, then receives while the broker is killed again and again. Each message is
 * acknowledged by itself and late, and the consumer waits for each kill, so that every kill leaves
 * acknowledgements behind that may not be written any more. Each message must arrive.
 */
final class Consuming {
  /** How many messages are received before the first of them is acknowledged. */
  private static final int LAG = 20;

  private static final int BATCH = 1000;

  private final Scene scene;
  private final Report report;
  private final Arrivals arrivals = new Arrivals();
  private final Outages outages = new Outages();

  /** How many different messages have arrived. */
  private final AtomicInteger processed = new AtomicInteger();

  /** Received and not acknowledged, oldest first. */
  private final Queue<Delivery> open = new ArrayDeque<>();

  /** Counts of messages at which the broker is killed. */
  private final List<Integer> moments;

  /** Kills that were waited for. */
  private int kills;

  private int redelivered;
  private int staleRefused;

  Consuming(Scene scene, Report report) {
    this.scene = scene;
    this.report = report;
    this.moments = scene.load().moments();
  }

  void run() throws InterruptedException {
    fill();
    Load load = scene.load();
    AckTap tap = new AckTap(TransportFactory.sockets());
    try (StompClient client = scene.connect(ConnectOptions.defaults().with(tap), outages);
        Killer killer = Killer.start(scene.broker(), processed::get, moments)) {
      receiveAll(client, load.messages());
      killer.await();
      report.count("messages", load.messages()).count("kills", killer.kills());
      report.count("down-ms", killer.down().toMillis());
    }
    Arrivals left = scene.drain();
    count(tap);
    report.count("left", left.distinct()).count("outage-ms", outages.total().toMillis());
  }

  private void fill() throws InterruptedException {
    List<Confirmation> confirmations = new ArrayList<>();
    try (StompClient client = scene.connect()) {
      for (int number = 0; number < scene.load().messages(); number++) {
        confirmations.add(client.sendConfirmed(scene.message(number)));
        if (confirmations.size() == BATCH) {
          awaitAll(confirmations);
        }
      }
      awaitAll(confirmations);
    }
  }

  private static void awaitAll(List<Confirmation> confirmations) throws InterruptedException {
    for (Confirmation confirmation : confirmations) {
      confirmation.await(Scene.LIMIT);
    }
    confirmations.clear();
  }

  /** Ends early if nothing more comes. */
  private void receiveAll(StompClient client, int messages) throws InterruptedException {
    Subscription subscription =
        scene.subscribe(client, SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
    boolean isMore = true;
    while (isMore && arrivals.distinct() < messages) {
      Optional<Delivery> delivery = subscription.receive(Scene.LIMIT);
      delivery.ifPresent(this::process);
      isMore = delivery.isPresent();
      awaitKill();
    }
    while (!open.isEmpty()) {
      acknowledgeOldest();
    }
  }

  /** Or a quick consumer would be done before the first kill, and have nothing to acknowledge. */
  private void awaitKill() {
    if (kills < moments.size() && arrivals.distinct() == moments.get(kills)) {
      kills++;
      outages.awaitLosses(kills);
    }
  }

  private void process(Delivery delivery) {
    arrivals.add(Scene.number(delivery));
    processed.set(arrivals.distinct());
    if (delivery.isRedelivered()) {
      redelivered++;
    }
    open.add(delivery);
    if (open.size() > LAG) {
      acknowledgeOldest();
    }
  }

  private void acknowledgeOldest() {
    if (open.remove().ack() == AckResult.STALE) {
      staleRefused++;
    }
  }

  private void count(AckTap tap) {
    BitSet all = new BitSet();
    all.set(0, scene.load().messages());
    report
        .count("processed", arrivals.distinct())
        .countAtMost("lost", arrivals.missing(all), 0)
        .count("again", arrivals.duplicates())
        .count("redelivered", redelivered)
        .count("acks-written", tap.acks())
        .count("stale-acks-refused", staleRefused)
        .countAtMost("stale-acks-written", tap.stale(), 0);
  }
}
