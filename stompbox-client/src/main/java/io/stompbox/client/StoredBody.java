package io.stompbox.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A body of a message that is in a file, and for how long it is. Safe to share between threads. */
final class StoredBody {
  /** For a message whose frame has its body: there is no file, and nothing happens to it. */
  static final StoredBody NONE = new StoredBody();

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

  /** Written under lock. */
  private volatile State state;

  /** Whose message it is; null until it is known. */
  private volatile @Nullable Subscription subscription;

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
    this(store, file, epoch, State.WAITING);
  }

  private StoredBody() {
    this(new BodyStore(LargeBodies.NONE), Path.of(""), 0, State.DELETED);
  }

  private StoredBody(BodyStore store, Path file, int epoch, State state) {
    this.store = store;
    this.file = file;
    this.epoch = epoch;
    this.state = state;
  }

  /** Whether there is no file, since the frame has the body; not so for one that was deleted. */
  boolean isNone() {
    return this == NONE;
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

  /** More of it was written, or is about to be. */
  void grow(int octets) {
    length += octets;
  }

  /** Tells whose message it is. */
  void assign(Subscription owner) {
    if (!isNone()) {
      subscription = owner;
    }
  }

  boolean belongsTo(Subscription owner) {
    return owner.equals(subscription);
  }

  /** Where it can be sent from. */
  BodySource source() {
    return new BodySource(length, this::open);
  }

  /** Opens it at its first octet; not where a link leads that somebody has put in its place. */
  InputStream open() throws IOException {
    if (state == State.DELETED) {
      throw new IOException(
          "the file of the body is deleted, as its message was settled, its subscription closed or"
              + " its connection lost");
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
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

  /** Its message is settled for good, or can't be any more. */
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
    if (state == State.DELETED) {
      return;
    }
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
