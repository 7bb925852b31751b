package io.stompbox.checks.kills;

import java.util.List;
import java.util.Random;

/**
 * How much a run does.
 *
 * @param messages how many are sent, from 1
 * @param kills how often the broker dies, less often than there are messages
 * @param seed of the moments at which it dies
 */
record Load(int messages, int kills, long seed) {
  Load {
    if (messages < 1) {
      throw new IllegalArgumentException("messages must be at least 1: " + messages);
    }
    if (kills < 0 || kills >= messages) {
      throw new IllegalArgumentException(
          "kills must be from 0 to " + (messages - 1) + ", fewer than messages: " + kills);
    }
  }

  /** Returns it with fewer kills if it has more than {@code most}. */
  Load withAtMost(int most) {
    return new Load(messages, Math.min(kills, most), seed);
  }

  /** Returns the counts of messages at which the broker dies, ascending. */
  List<Integer> moments() {
    return new Random(seed).ints(1, messages).distinct().limit(kills).sorted().boxed().toList();
  }
}
