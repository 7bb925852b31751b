package io.stompbox.checks.conformance.session;

import java.util.ArrayList;
import java.util.List;

/** All that a driver saw. Safe to share between threads. */
final class Ledger {
  private final WireLog wire = new WireLog();
  private final List<Seen> events = new ArrayList<>();
  private boolean clientClosed;
  private boolean serverClosed;

  WireLog wire() {
    return wire;
  }

  synchronized void add(Seen event) {
    events.add(event);
  }

  synchronized List<Seen> events() {
    return List.copyOf(events);
  }

  /** A connection was made. */
  synchronized void opened() {
    clientClosed = false;
    serverClosed = false;
  }

  synchronized void clientClosed() {
    clientClosed = true;
  }

  synchronized void serverClosed() {
    serverClosed = true;
  }

  synchronized boolean isClientClosed() {
    return clientClosed;
  }

  /** Whether neither side has closed. */
  synchronized boolean isOpen() {
    return !clientClosed && !serverClosed;
  }
}
