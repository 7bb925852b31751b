package io.stompbox.checks.kills;

import java.util.BitSet;

/** Which numbered messages arrived, how often and in which order. Used by one thread. */
final class Arrivals {
  private final BitSet seen = new BitSet();
  private int copies;
  private int highest = -1;
  private int disorder;

  /** Takes note of one copy of a message. */
  void add(int number) {
    copies++;
    if (seen.get(number)) {
      return;
    }
    seen.set(number);
    if (number < highest) {
      disorder++;
    }
    highest = Math.max(highest, number);
  }

  /** How many different messages arrived. */
  int distinct() {
    return seen.cardinality();
  }

  /** How many copies arrived besides the first of each message. */
  int duplicates() {
    return copies - distinct();
  }

  /** How many first copies came after that of a later message. */
  int disorder() {
    return disorder;
  }

  /** How many of the expected messages did not arrive. */
  int missing(BitSet expected) {
    BitSet missing = (BitSet) expected.clone();
    missing.andNot(seen);
    return missing.cardinality();
  }
}
