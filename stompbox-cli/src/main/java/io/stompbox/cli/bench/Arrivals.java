package io.stompbox.cli.bench;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which messages of a run have arrived, so that lost and second ones are known. Safe to share. */
final class Arrivals {
  /** How many should get each message: all consumers of a topic, one of those of a queue. */
  private final int copies;

  /** The numbers that came, by who received them and who had sent them. Guarded by this. */
  private final Map<Long, BitSet> arrived = new HashMap<>();

  /** The numbers that the broker may have or not, by who sent them. Guarded by this. */
  private final Map<Integer, BitSet> doubtful = new HashMap<>();

  /** Guarded by this. */
  private long sent;

  /** Those that arrived for the first time. Guarded by this. */
  private long received;

  /** Guarded by this. */
  private boolean isComplete;

  Arrivals(int copies) {
    this.copies = copies;
  }

  synchronized void sent() {
    sent++;
  }

  /** It is known that the broker does not have a message. */
  synchronized void refused() {
    sent--;
  }

  /** It is not known whether the broker has a message. */
  synchronized void doubt(int producer, int number) {
    doubtful.computeIfAbsent(producer, key -> new BitSet()).set(number);
  }

  /** Nothing more is sent. */
  synchronized void complete() {
    isComplete = true;
  }

  /** Whether nothing more is sent. */
  synchronized boolean isComplete() {
    return isComplete;
  }

  /** A message came to a consumer; returns whether it was the first copy. */
  synchronized boolean add(int consumer, Stamp stamp) {
    BitSet numbers =
        arrived.computeIfAbsent(
            key(copies == 1 ? 0 : consumer, stamp.producer()), key -> new BitSet());
    boolean isFirst = !numbers.get(stamp.number());
    numbers.set(stamp.number());
    received += isFirst ? 1 : 0;
    return isFirst;
  }

  /** How many have not arrived. */
  synchronized long missing() {
    return Math.max(0, sent * copies - received);
  }

  /** How many of those that have not arrived the broker may never have had. */
  synchronized long unknown() {
    long unknown = 0;
    for (Map.Entry<Integer, BitSet> sender : doubtful.entrySet()) {
      for (int consumer = 0; consumer < copies; consumer++) {
        BitSet left = (BitSet) sender.getValue().clone();
        left.andNot(arrived.getOrDefault(key(consumer, sender.getKey()), new BitSet()));
        unknown += left.cardinality();
      }
    }
    return unknown;
  }

  private static long key(int consumer, int producer) {
    return (long) consumer << Integer.SIZE | producer;
  }
}
