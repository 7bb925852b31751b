package io.stompbox.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Counts and times what the workers of a run do. What was due during the warm-up is told to it and
 * left out. Safe to share; {@link #sample} and {@link #latency} are for one thread.
 */
final class Meter {
  private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;
  private static final int MOST_SENTENCES = 5;

  private final LongSupplier clock;
  private final Timeline timeline;
  private final Tally tally;
  private final LongAdder warmUp = new LongAdder();

  /** Octets of the bodies that came and count. */
  private final LongAdder octets = new LongAdder();

  private final Recorder recorder = new Recorder(HIGHEST_NANOS, DIGITS);

  /** What was said of the first errors. Guarded by this. */
  private final List<String> sentences = new ArrayList<>();

  /** When something was last counted, on the clock. Of several at once any will do. */
  private volatile long last;

  /** Of the thread that takes samples. */
  private final Histogram total = new Histogram(HIGHEST_NANOS, DIGITS);

  /** Of the thread that takes samples. */
  private Histogram interval = recorder.getIntervalHistogram();

  Meter(LongSupplier clock, Timeline timeline, Tally tally) {
    this.clock = clock;
    this.timeline = timeline;
    this.tally = tally;
    this.last = timeline.measuredFrom();
  }

  /** Something happened to a message that was due at {@code due}. */
  void count(Count what, long due) {
    if (timeline.isMeasured(due)) {
      add(what);
    } else if (what == Count.SENT) {
      warmUp.increment();
    }
  }

  /** A message came whose sender is not of this run, so that only it tells how large it is. */
  void received(long octetsOfBody, long due) {
    if (timeline.isMeasured(due)) {
      octets.add(octetsOfBody);
    }
    count(Count.RECEIVED, due);
  }

  /** Octets of the bodies that were told to {@link #received}, by message; 0 if there were none. */
  double octetsReceived() {
    return (double) octets.sum() / Math.max(1, tally.get(Count.RECEIVED));
  }

  /** As {@link #count}, and it is what the message was for: its latency counts. */
  void done(Count what, long due) {
    if (timeline.isMeasured(due)) {
      long now = clock.getAsLong();
      recorder.recordValue(Math.min(HIGHEST_NANOS, Math.max(0, now - due)));
      tally.add(what);
      last = now;
    }
  }

  /** Something happened that counts always. */
  void add(Count what) {
    tally.add(what);
    last = clock.getAsLong();
  }

  /** Something went wrong, be it during the warm-up. */
  void failed(String sentence) {
    add(Count.ERRORS);
    note(sentence);
  }

  /** What became of a message can't be found out any more, be it one of the warm-up. */
  void doubted(String sentence) {
    last = clock.getAsLong();
    note(sentence);
  }

  private synchronized void note(String sentence) {
    if (sentences.size() < MOST_SENTENCES && !sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  Timeline timeline() {
    return timeline;
  }

  Tally tally() {
    return tally;
  }

  /** How many messages were sent during the warm-up. */
  long warmUp() {
    return warmUp.sum();
  }

  /** What was said of the first errors. */
  synchronized List<String> sentences() {
    return List.copyOf(sentences);
  }

  /** Takes the latencies since the last time. The histogram is valid until the next call. */
  Histogram sample() {
    interval = recorder.getIntervalHistogram(interval);
    total.add(interval);
    return interval;
  }

  /** All latencies up to the last sample. */
  Histogram latency() {
    return total;
  }

  /** Seconds from the first moment that counts to the last thing that was counted. */
  double elapsed() {
    return Math.max(0, last - timeline.measuredFrom()) / 1e9;
  }
}
