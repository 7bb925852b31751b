package io.stompbox.cli.bench;

/** What ended a run. */
enum RunEnd {
  /** There was no more to do, or nothing more came. */
  DONE,
  /** Its time was over. */
  TIME_OVER,
  /** Somebody did, as by Ctrl-C. */
  INTERRUPTED
}
