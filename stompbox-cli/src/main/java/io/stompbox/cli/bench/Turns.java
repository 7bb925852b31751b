package io.stompbox.cli.bench;

/**
 * The messages of one producer: when each is due, until there are enough or the time is over. For
 * one thread.
 */
final class Turns {
  private final BenchState state;
  private final Pace pace;

  /** How many messages that count are wanted. */
  private final long share;

  private long measured;
  private long due;

  Turns(BenchState state, int index) {
    BenchPlan plan = state.plan();
    int all = plan.producing().producers();
    Long count = plan.extent().count();
    this.state = state;
    this.pace = Pace.real(state.timeline().start(), plan.producing().rate()).share(index, all);
    this.share = count == null ? Long.MAX_VALUE : count / all + (index < count % all ? 1 : 0);
  }

  /** Waits for the next turn; false if there is none. */
  boolean next() throws InterruptedException {
    long next = pace.due();
    if (measured == share || state.isHalted() || isOver(next)) {
      return false;
    }
    pace.take(next);
    due = next;
    measured += state.timeline().isMeasured(next) ? 1 : 0;
    return true;
  }

  /** Who is late must end in time as well. */
  private boolean isOver(long next) {
    return state.timeline().isOver(next) || state.timeline().isOver(pace.now());
  }

  /** When the message is due whose turn it is. */
  long due() {
    return due;
  }
}
