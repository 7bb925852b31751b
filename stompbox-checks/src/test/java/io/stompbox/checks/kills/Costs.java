package io.stompbox.checks.kills;

import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import java.util.ArrayList;
import java.util.List;

/**
 * What each promise costs while nothing goes wrong, in microseconds of wall time for a message:
 * written only, confirmed one after the other, confirmed many at a time, received and acknowledged
 * one by one. Nothing is killed.
 */
final class Costs {
  /** Few, as each waits for the disk. */
  private static final int ONE_BY_ONE = 1000;

  private static final int MOST = 20_000;
  private static final int WARM_UP = 1000;

  private final Scene scene;
  private final Report report;
  private int next;

  Costs(Scene scene, Report report) {
    this.scene = scene;
    this.report = report;
  }

  void run() throws InterruptedException {
    int many = Math.min(MOST, scene.load().messages());
    try (StompClient client = scene.connect()) {
      sendConfirmed(client, WARM_UP);
      long start = System.nanoTime();
      for (int i = 0; i < ONE_BY_ONE; i++) {
        client.sendConfirmed(scene.message(next++)).await(Scene.LIMIT);
      }
      count("us-confirmed-one-by-one", start, ONE_BY_ONE);
      start = System.nanoTime();
      sendConfirmed(client, many);
      count("us-confirmed", start, many);
      start = System.nanoTime();
      receive(client, many);
      count("us-received", start, many);
      start = System.nanoTime();
      for (int i = 0; i < many; i++) {
        client.send(scene.message(next++));
      }
      client.flush(Scene.LIMIT);
      count("us-written", start, many);
    }
  }

  private void sendConfirmed(StompClient client, int count) throws InterruptedException {
    List<Confirmation> confirmations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      confirmations.add(client.sendConfirmed(scene.message(next++)));
    }
    for (Confirmation confirmation : confirmations) {
      confirmation.await(Scene.LIMIT);
    }
  }

  private void receive(StompClient client, int count) throws InterruptedException {
    try (Subscription subscription = scene.subscribe(client, SubscribeOptions.defaults())) {
      for (int i = 0; i < count; i++) {
        Delivery delivery = subscription.receive(Scene.LIMIT).orElseThrow();
        delivery.ack();
      }
    }
  }

  private void count(String name, long start, int messages) {
    report.count(name, (System.nanoTime() - start) / 1000 / messages);
  }
}
