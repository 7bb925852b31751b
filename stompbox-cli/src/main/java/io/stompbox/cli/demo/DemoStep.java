package io.stompbox.cli.demo;

/** What the demo must have seen with its own eyes, each at least once. */
enum DemoStep {
  BROKER_STARTED("broker started"),
  PROXY_STARTED("proxy started"),
  CONNECTED("connected"),
  SUBSCRIBED("subscribed"),
  CUT("connection cut"),
  LOST("loss noticed"),
  RECOVERED("connected again"),
  ALL_CONFIRMED("all confirmed"),
  ALL_RECEIVED("all received"),
  COMMITTED("committed"),
  ABORTED("aborted"),
  NOTHING_LEFT("nothing left");

  private final String title;

  DemoStep(String title) {
    this.title = title;
  }

  /** Two words for it. */
  String title() {
    return title;
  }
}
