package io.stompbox.cli.bench;

/** What a thread of a run does until it is done, or is interrupted. */
interface Work {
  void run() throws InterruptedException;
}
