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

  /** Keeps the frame that is to be written and not the message, whose body may be large. */
  private static final class Entry {
    @Nullable Verdict verdict;
    @Nullable Frame frame;
    final List<Confirmation> asking = new ArrayList<>();
  }

  /** A frame to be written, and who wants to know what became of it. */
  record Step(Frame frame, List<Confirmation> asking) {}

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
    return entry != null && entry.verdict != null;
  }

  /** Takes note of what is to be told of a message; {@link #has} it must be true. */
  void decide(long sequence, Verdict verdict, Frame frame, List<Confirmation> asking) {
    Entry entry = entries.get(sequence);
    if (entry == null) {
      throw new IllegalStateException("message " + sequence + " is covered already");
    }
    if (entry.verdict == null) {
      decided++;
    }
    entry.verdict = verdict;
    entry.frame = frame;
    entry.asking.addAll(asking);
  }

  /** Whether so many messages wait that their ACK should not wait for more. */
  boolean isFull() {
    return decided >= MOST;
  }

  /** How many messages have a verdict that can't be told yet. */
  int decided() {
    return decided;
  }

  /** Whether all messages before were told of. */
  boolean isOldest(long sequence) {
    Iterator<Long> all = entries.keySet().iterator();
    return all.hasNext() && all.next() == sequence;
  }

  /** Takes out what can be told, in the order in which it has to be written. */
  List<Step> take() {
    List<Step> steps = new ArrayList<>();
    Frame ack = null;
    List<Confirmation> asking = new ArrayList<>();
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      Frame frame = entry.frame;
      if (frame == null) {
        break;
      }
      all.remove();
      decided--;
      if (entry.verdict == Verdict.PROCESSED) {
        ack = frame;
        asking.addAll(entry.asking);
        continue;
      }
      if (ack != null) {
        steps.add(new Step(ack, asking));
        ack = null;
        asking = new ArrayList<>();
      }
      steps.add(new Step(frame, entry.asking));
    }
    if (ack != null) {
      steps.add(new Step(ack, asking));
    }
    return steps;
  }

  /** Forgets everything, since its connection is gone; returns who wanted to know. */
  List<Confirmation> clear() {
    List<Confirmation> asking = new ArrayList<>();
    entries.values().forEach(entry -> asking.addAll(entry.asking));
    entries.clear();
    decided = 0;
    return asking;
  }
}
