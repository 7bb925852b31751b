package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a subscription that no cumulative ACK covers, in the order in which they came. An
 * ACK covers all messages before, so none goes past a message whose processing has not ended, and
 * those before a refused one are covered first: RabbitMQ and Artemis take a NACK as cumulative too.
 *
 * <p>Not safe to share: its owner's lock guards it.
 */
final class AckBatch {
  /** How many messages one ACK covers at most before it is written. */
  static final int MOST = 50;

  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  /** How many of {@link #entries} have a verdict. */
  private int decided;

  private static final class Entry {
    /** Null while the message is being processed. */
    private @Nullable Step step;
  }

  /**
   * A frame to be written, and who wants to know what became of it. There is no message in it,
   * whose body may be large.
   */
  record Step(Verdict verdict, Frame frame, List<Confirmation> asking) {
    private Step with(List<Confirmation> others) {
      List<Confirmation> all = new ArrayList<>(others);
      all.addAll(asking);
      return new Step(verdict, frame, all);
    }
  }

  /** A message came. */
  void add(long sequence) {
    entries.put(sequence, new Entry());
  }

  /** Whether the message came on this connection and no frame that was written covers it. */
  boolean has(long sequence) {
    return entries.containsKey(sequence);
  }

  boolean isDecided(long sequence) {
    Entry entry = entries.get(sequence);
    return entry != null && entry.step != null;
  }

  /** Takes note of what is to be told of a message; {@link #has} it must be true. */
  void decide(long sequence, Step step) {
    Entry entry = entries.get(sequence);
    if (entry == null) {
      throw new IllegalStateException("message " + sequence + " is covered already");
    }
    Step before = entry.step;
    if (before == null) {
      decided++;
    }
    entry.step = before == null ? step : step.with(before.asking());
  }

  /** Whether so many messages wait that their ACK should not wait for more. */
  boolean isFull() {
    return decided >= MOST;
  }

  /** How many messages have a verdict that can't be told yet. */
  int decided() {
    return decided;
  }

  /** The message before which all were told of; there must be one. */
  long oldest() {
    return entries.keySet().iterator().next();
  }

  /** Takes out what can be told, in the order in which it has to be written. */
  List<Step> take() {
    List<Step> steps = new ArrayList<>();
    Iterator<Entry> all = entries.values().iterator();
    Step step = all.hasNext() ? all.next().step : null;
    while (step != null) {
      all.remove();
      decided--;
      append(step, steps);
      step = all.hasNext() ? all.next().step : null;
    }
    return steps;
  }

  /** An ACK takes the place of the one before it. */
  private static void append(Step step, List<Step> steps) {
    int last = steps.size() - 1;
    if (last >= 0
        && step.verdict() == Verdict.PROCESSED
        && steps.get(last).verdict() == Verdict.PROCESSED) {
      steps.set(last, step.with(steps.get(last).asking()));
    } else {
      steps.add(step);
    }
  }

  /** Forgets everything, since its connection is gone; returns who wanted to know. */
  List<Confirmation> clear() {
    List<Confirmation> asking = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.step != null) {
        asking.addAll(entry.step.asking());
      }
    }
    entries.clear();
    decided = 0;
    return asking;
  }
}
