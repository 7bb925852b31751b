package io.stompbox.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A body of a message that is in a file, and for how long it is. Safe to share between threads. */
final class StoredBody {
  /** What is not here changes nothing. */
  private static final Map<State, Map<Event, State>> NEXT =
      Map.of(
          State.WAITING,
          Map.of(
              Event.GIVEN, State.GIVEN,
              Event.DONE_FOR_GOOD, State.DELETED,
              Event.DROPPED, State.DELETED,
              Event.DELETED, State.DELETED),
          State.GIVEN,
          Map.of(
              Event.KEPT, State.KEPT,
              Event.DONE, State.DONE,
              Event.DONE_FOR_GOOD, State.DELETED,
              Event.DELETED, State.DELETED),
          State.DONE,
          Map.of(
              Event.DONE_FOR_GOOD, State.DELETED,
              Event.SETTLED, State.DELETED,
              Event.LOST, State.DELETED,
              Event.DELETED, State.DELETED),
          State.KEPT,
          Map.of(Event.LOST, State.DELETED, Event.DELETED, State.DELETED));

  private final BodyStore store;
  private final Path file;
  private final int epoch;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private State state = State.WAITING;

  /** Whether its message is settled, or can't be any more. Guarded by lock. */
  private boolean isOver;

  /** Octets that were written. Touched by the reader until the whole body has come. */
  private long length;

  private enum State {
    /** It arrives, or its message waits. */
    WAITING,
    /** The program has it. */
    GIVEN,
    /** The program has processed it, but not settled its message. */
    DONE,
    /** The program has it for as long as it likes. */
    KEPT,
    /** The file is gone. */
    DELETED
  }

  private enum Event {
    GIVEN,
    KEPT,
    DONE,
    /** As {@link #DONE}, and the program will not settle its message. */
    DONE_FOR_GOOD,
    SETTLED,
    /** Nobody has taken its message. */
    DROPPED,
    LOST,
    DELETED
  }

  StoredBody(BodyStore store, Path file, int epoch) {
    this.store = store;
    this.file = file;
    this.epoch = epoch;
  }

  Path file() {
    return file;
  }

  /** The connection that brought it. */
  int epoch() {
    return epoch;
  }

  /** In octets. */
  long length() {
    return length;
  }

  void length(long octets) {
    length = octets;
  }

  /** Where it can be sent from. */
  BodySource source() {
    return new BodySource(length, this::open);
  }

  /** Opens it at its first octet. */
  InputStream open() throws IOException {
    if (isDeleted()) {
      throw new IOException(
          "the file of the body is deleted, as its message was settled or its connection is lost");
    }
    return Files.newInputStream(file);
  }

  private boolean isDeleted() {
    lock.lock();
    try {
      return state == State.DELETED;
    } finally {
      lock.unlock();
    }
  }

  /** The program gets it. */
  void given() {
    on(Event.GIVEN);
  }

  /** The program has it beyond the end of its handler. */
  void keep() {
    on(Event.KEPT);
  }

  /**
   * The program has processed it.
   *
   * @param isOver whether its message will not be settled by the program
   */
  void done(boolean isOver) {
    on(isOver ? Event.DONE_FOR_GOOD : Event.DONE);
  }

  /** Its message is settled for good. */
  void settled() {
    on(Event.SETTLED);
  }

  /** Its message was not taken by anybody. */
  void dropped() {
    on(Event.DROPPED);
  }

  /** Its connection is gone, and whoever has it may read on. */
  void lost() {
    on(Event.LOST);
  }

  void delete() {
    on(Event.DELETED);
  }

  /** The one place that writes the state. */
  private void on(Event event) {
    boolean isDeletion;
    lock.lock();
    try {
      isOver |= event == Event.SETTLED || event == Event.LOST;
      State next = next(event);
      isDeletion = next == State.DELETED && state != State.DELETED;
      state = next;
    } finally {
      lock.unlock();
    }
    if (isDeletion) {
      store.delete(this);
    }
  }

  private State next(Event event) {
    State next = NEXT.getOrDefault(state, Map.of()).getOrDefault(event, state);
    // Whoever settles it, or loses it, may come before the handler returns.
    return next == State.DONE && isOver ? State.DELETED : next;
  }
}
