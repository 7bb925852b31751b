package io.stompbox.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A body of a message that is in a file, and for how long it is. Safe to share between threads. */
final class StoredBody {
  private static final Set<State> ENDED_BY_LOSS = EnumSet.of(State.DONE, State.KEPT);

  private final BodyStore store;
  private final Path file;
  private final int epoch;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private State state = State.WAITING;

  /** Whether its message can't be settled any more. Guarded by lock. */
  private boolean lost;

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
    if (is(State.DELETED)) {
      throw new IOException(
          "the file of the body is deleted, as its message was settled or its connection is lost");
    }
    return Files.newInputStream(file);
  }

  private boolean is(State asked) {
    lock.lock();
    try {
      return state == asked;
    } finally {
      lock.unlock();
    }
  }

  /** The program gets it. */
  void given() {
    move(EnumSet.of(State.WAITING), State.GIVEN);
  }

  /** The program has it beyond the end of its handler. */
  void keep() {
    move(EnumSet.of(State.GIVEN), State.KEPT);
  }

  /**
   * The program has processed it.
   *
   * @param isOver whether its message is settled, or will not be
   */
  void done(boolean isOver) {
    if (!is(State.KEPT) && (isOver || isLost())) {
      delete();
    } else {
      move(EnumSet.of(State.GIVEN), State.DONE);
    }
  }

  /** Its message is settled. */
  void settled() {
    deleteIf(EnumSet.of(State.DONE));
  }

  /** Its message was not taken by anybody. */
  void dropped() {
    deleteIf(EnumSet.of(State.WAITING));
  }

  /** Its connection is gone, and whoever has it may read on. */
  void lost() {
    lock.lock();
    try {
      lost = true;
    } finally {
      lock.unlock();
    }
    deleteIf(ENDED_BY_LOSS);
  }

  private boolean isLost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  void delete() {
    deleteIf(EnumSet.complementOf(EnumSet.of(State.DELETED)));
  }

  private void deleteIf(Set<State> from) {
    if (move(from, State.DELETED)) {
      store.delete(this);
    }
  }

  private boolean move(Set<State> from, State to) {
    lock.lock();
    try {
      boolean isMoved = from.contains(state);
      state = isMoved ? to : state;
      return isMoved;
    } finally {
      lock.unlock();
    }
  }
}
