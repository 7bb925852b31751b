package io.stompbox.bench.endtoend.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who is measured when: what comes first in one round comes later in the next. */
final class Turns {
  private Turns() {}

  /** Returns all of them in their order, which begins elsewhere in each of three rounds. */
  static <T> List<T> of(List<T> all, int round) {
    List<T> turns = new ArrayList<>(all);
    Collections.rotate(turns, (round - 1) * Math.max(1, all.size() / 3));
    return turns;
  }
}
