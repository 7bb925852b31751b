package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Frames that a {@link Connection} has received and nobody has taken, bounded. */
final class Inbox {
  private final int mostFrames;
  private final long mostOctets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock. */
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();

  /** Octets of the bodies in {@link #frames}. Guarded by lock. */
  private long octets;

  /** Whether no more frames come. Guarded by lock. */
  private boolean ended;

  /** Why, if that is for the receiver to know. Guarded by lock. */
  private @Nullable StompException failure;

  Inbox(Bounds bounds) {
    this.mostFrames = bounds.incomingMessages();
    this.mostOctets = bounds.incomingOctets();
  }

  /** Adds a frame, waiting for room unless the link ends; called by its reader. */
  void put(Link link, Frame frame) {
    lock.lock();
    try {
      if (!hasRoom(frame)) {
        link.pauseReading();
        while (!hasRoom(frame) && !link.hasEnded()) {
          changed.awaitUninterruptibly();
        }
        link.resumeReading();
      }
      frames.addLast(frame);
      octets += frame.body().size();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(Frame frame) {
    return frames.isEmpty()
        || (frames.size() < mostFrames && octets + frame.body().size() <= mostOctets);
  }

  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more frames come; {@code cause} is thrown to receivers, null is a normal end. */
  void end(@Nullable StompException cause) {
    lock.lock();
    try {
      ended = true;
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<Frame> receive(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (frames.isEmpty() && !ended) {
        if (left <= 0) {
          throw new StompTimeoutException("no frame came within " + Durations.text(limit));
        }
        left = changed.awaitNanos(left);
      }
      Frame frame = frames.pollFirst();
      if (frame == null && failure != null) {
        throw failure;
      }
      if (frame != null) {
        octets -= frame.body().size();
        changed.signalAll();
      }
      return Optional.ofNullable(frame);
    } finally {
      lock.unlock();
    }
  }
}
