package io.stompbox.checks.kills;

import io.stompbox.client.StompClient;

/**
 * Sends without asking for confirmations and kills the broker as soon as the last octet is written;
 * then looks what is there. Nothing is promised; the count says how little it is.
 */
final class FireAndForget {
  private static final int MOST = 50_000;

  private final Scene scene;
  private final Report report;

  FireAndForget(Scene scene, Report report) {
    this.scene = scene;
    this.report = report;
  }

  void run() throws InterruptedException {
    int messages = Math.min(MOST, scene.load().messages());
    try (StompClient client = scene.connect()) {
      for (int number = 0; number < messages; number++) {
        client.send(scene.message(number));
      }
      client.flush(Scene.LIMIT);
      scene.broker().kill();
    }
    scene.broker().startAgain();
    int found = scene.drain().distinct();
    report
        .count("messages", messages)
        .count("kills", 1)
        .count("written", messages)
        .count("found", found)
        .count("gone", messages - found);
  }
}
