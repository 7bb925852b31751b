package io.stompbox.cli.bench;

/** A run and what it is called beside others; empty where it is alone. */
record NamedRun(String name, RunRecord run) {
  /** Returns what a line of it is called. */
  String series(String what) {
    if (name.isEmpty()) {
      return what;
    }
    return what.isEmpty() ? name : name + " " + what;
  }
}
