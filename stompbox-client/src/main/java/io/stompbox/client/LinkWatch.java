package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameProgress;
import io.stompbox.protocol.session.HeartBeatMonitor;
import io.stompbox.protocol.session.HeartBeatMonitor.Due;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one link: asks its writer for heart-beats, and ends the link when the broker is
 * silent or takes no octets for too long. Runs on the timer's thread, never waits.
 */
final class LinkWatch {
  /** How often a write or a frame is looked at that may have stalled. */
  private static final long LONGEST_INTERVAL = TimeUnit.SECONDS.toNanos(5);

  /** What the broker must send of a frame within its limit. */
  private static final int FRAME_OCTETS = 4096;

  private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * After silence for too long the reader gets this much more time: when the whole machine slept,
   * octets may be waiting in the socket.
   */
  private static final long LAST_CHANCE = TimeUnit.MILLISECONDS.toNanos(250);

  private final Link link;
  private final TimeSource time;
  private final Timeouts timeouts;

  /** How long the broker may be silent that promised no heart-beats, in nanoseconds; 0 for ever. */
  private final long idle;

  /** Touched by the reader only. */
  private final FrameProgress progress;

  /** Nanoseconds from which on an unfinished frame is overdue. Written by the reader. */
  private volatile long frameDue;

  /** Whether there is one. Written by the reader. */
  private volatile boolean isInsideFrame;

  private final HeartBeatMonitor monitor;

  /** When octets came last, in nanoTime. Written by the reader. */
  private volatile long heard;

  /** When octets were last handed to the network. Written by the writer. */
  private volatile long wrote;

  /** Whether a write is under way, and since when. Written by the writer. */
  private volatile boolean isWriting;

  private volatile long writingSince;

  /** Whether this side has stopped reading. Written by the reader. */
  private volatile boolean isPaused;

  /**
   * When the write began that was found stalled last; null if none was. As {@link #suspectedAt}.
   */
  private @Nullable Long stalledSince;

  /** When the broker was found silent; null if it is not. Touched by the timer only. */
  private @Nullable Long suspectedAt;

  /**
   * Makes sure that {@link #timer} is the last one, whoever is faster: the timer or its starter.
   */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock for writing. */
  private volatile boolean stopped;

  /** When to look next. Guarded by lock. */
  private @Nullable Future<?> timer;

  LinkWatch(Link link, ConnectOptions options) {
    this.time = options.time();
    long now = time.nanoTime();
    this.link = link;
    this.timeouts = options.timeouts();
    this.idle = link.agreement().heartBeat().receiveMillis() > 0 ? 0 : timeouts.idle().toNanos();
    this.progress = new FrameProgress(FRAME_OCTETS, timeouts.frame());
    this.monitor =
        new HeartBeatMonitor(link.agreement().heartBeat(), options.offer().tolerance(), now);
    this.heard = now;
    this.wrote = now;
    this.writingSince = now;
  }

  void start() {
    schedule(0);
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      if (timer != null) {
        timer.cancel(false);
      }
    } finally {
      lock.unlock();
    }
  }

  void heard() {
    heard = time.nanoTime();
  }

  /** Everything that was read has been decoded. */
  void decoded(FrameDecoder decoder) {
    long now = time.nanoTime();
    progress.onDecoded(decoder, now);
    long left = progress.nanosLeft(now);
    boolean isInside = left != Long.MAX_VALUE;
    if (isInside) {
      frameDue = now + left;
    }
    isInsideFrame = isInside;
  }

  void pauseReading() {
    isPaused = true;
  }

  void resumeReading() {
    heard = time.nanoTime();
    frameDue = heard + timeouts.frame().toNanos();
    isPaused = false;
  }

  void writing() {
    writingSince = time.nanoTime();
    isWriting = true;
  }

  void wrote() {
    wrote = time.nanoTime();
    isWriting = false;
  }

  /** Whether octets have come since the last write began, and it has ended. */
  boolean isAnswered() {
    return !isWriting && heard - writingSince > 0;
  }

  /** How long ago octets went and came. */
  Traffic traffic() {
    long now = time.nanoTime();
    return new Traffic(Duration.ofNanos(now - wrote), Duration.ofNanos(now - heard));
  }

  private void schedule(long nanos) {
    lock.lock();
    try {
      if (!stopped) {
        timer = time.after(nanos, this::look);
      }
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    if (stopped) {
      return;
    }
    long now = time.nanoTime();
    monitor.onSent(wrote);
    monitor.onHeard(isPaused ? now : heard);
    if (isWriting && now - writingSince >= timeouts.writeStall().toNanos()) {
      long since = writingSince;
      if (stalledSince != null && stalledSince == since) {
        end("the network took no octet for " + Durations.text(timeouts.writeStall()));
      } else {
        // The clock may have jumped while the writer was about to say that it is done.
        stalledSince = since;
        schedule(LAST_CHANCE);
      }
      return;
    }
    if (isInsideFrame && !isPaused && now - frameDue >= 0) {
      end(
          "less than "
              + FRAME_OCTETS
              + " octets of a frame came within "
              + Durations.text(timeouts.frame())
              + ", and not its end");
      return;
    }
    long next = Math.min(untilDue(now), longestInterval());
    switch (due(now)) {
      case NOTHING -> suspectedAt = null;
      case SEND_HEART_BEAT -> {
        suspectedAt = null;
        link.outbox().requestHeartBeat();
      }
      case GIVE_UP -> {
        next = LAST_CHANCE;
        if (suspectedAt != null && now - suspectedAt >= LAST_CHANCE) {
          giveUp(now);
          return;
        }
        suspectedAt = suspectedAt == null ? now : suspectedAt;
      }
    }
    schedule(Math.max(SHORTEST_INTERVAL, next));
  }

  private Due due(long now) {
    return idle > 0 && monitor.silence(now) >= idle ? Due.GIVE_UP : monitor.due(now);
  }

  private long untilDue(long now) {
    long left = idle > 0 ? Math.max(0, idle - monitor.silence(now)) : HeartBeatMonitor.NEVER;
    return Math.min(monitor.nanosUntilDue(now), left);
  }

  private void giveUp(long now) {
    Duration silence = Duration.ofNanos(monitor.silence(now));
    String allowed =
        idle > 0
            ? "and silence may last " + Durations.text(timeouts.idle())
            : "and a heart-beat was promised every "
                + link.agreement().heartBeat().receiveMillis()
                + "ms";
    end(
        "nothing was heard for " + Durations.text(silence) + ", " + allowed,
        () -> link.observation().heartBeatTimeout(link.epoch(), silence));
  }

  private long longestInterval() {
    return Math.min(
        LONGEST_INTERVAL, Math.min(timeouts.writeStall().toNanos(), timeouts.frame().toNanos()));
  }

  private void end(String why) {
    end(why, () -> {});
  }

  /** On a thread of its own: closing a transport may block, and others need the timer. */
  private void end(String why, Runnable before) {
    ConnectionLostException cause =
        new ConnectionLostException(
            "lost the connection to " + link.address() + ": " + why,
            Sent.UNKNOWN,
            new StompTimeoutException(why));
    Runnable ending =
        () -> {
          before.run();
          link.end(cause);
        };
    Threads.startOrRun("stompbox-ending " + link.address(), ending);
  }
}
