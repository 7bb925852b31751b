package io.stompbox.cli.bench;

import io.stompbox.protocol.frame.StompException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the workers of a run share. Safe to share. */
final class BenchState {
  /** A broker that takes nothing at all is not asked for ever. */
  private static final int FRUITLESS = 100;

  private final BenchPlan plan;
  private final String run;
  private final Meter meter;
  private final Arrivals arrivals;
  private final AtomicReference<@Nullable StompException> first = new AtomicReference<>();

  /** Sends that count, and that the broker does not have. */
  private final LongAdder refused = new LongAdder();

  /** Sends whose fate is not known. */
  private final LongAdder doubtful = new LongAdder();

  private volatile boolean halted;

  BenchState(BenchPlan plan, String run, Meter meter) {
    this.plan = plan;
    this.run = run;
    this.meter = meter;
    this.arrivals = new Arrivals(plan.isBroadcast() ? plan.consuming().consumers() : 1);
  }

  BenchPlan plan() {
    return plan;
  }

  String run() {
    return run;
  }

  Meter meter() {
    return meter;
  }

  Timeline timeline() {
    return meter.timeline();
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /** Whether workers should come to their end, whatever is left to do. */
  boolean isHalted() {
    return halted;
  }

  void halt() {
    halted = true;
  }

  /** A send was confirmed. Where messages are received as well, it is that which takes its time. */
  void confirmed(long due) {
    if (plan.kind() == BenchKind.SEND) {
      meter.done(Count.CONFIRMED, due);
    } else {
      meter.count(Count.CONFIRMED, due);
    }
  }

  /** A send that was due then was refused or never written: the broker does not have it. */
  void refused(long due, StompException thrown) {
    arrivals.refused();
    if (timeline().isMeasured(due)) {
      refused.increment();
    }
    failed(thrown);
  }

  /** How many sends that count the broker does not have. */
  long refused() {
    return refused.sum();
  }

  /** Whether the broker has a message is not known; this is why. */
  void doubt(int producer, int number, StompException thrown) {
    arrivals.doubt(producer, number);
    doubtful.increment();
    meter.doubted(String.valueOf(thrown.getMessage()));
    wentWrong(thrown);
  }

  /** Something went wrong with one message. */
  void failed(StompException thrown) {
    meter.failed(String.valueOf(thrown.getMessage()));
    wentWrong(thrown);
  }

  private void wentWrong(StompException thrown) {
    first.compareAndSet(null, thrown);
    Tally tally = meter.tally();
    if (tally.get(Count.ERRORS) + doubtful.sum() >= FRUITLESS && tally.get(plan.work()) == 0) {
      halt();
    }
  }

  /** A worker can't go on. */
  void ended(StompException thrown) {
    failed(thrown);
    halt();
  }

  /** The first thing that went wrong; null if nothing did. */
  @Nullable StompException failure() {
    return first.get();
  }
}
