package io.stompbox.cli.bench;

import io.stompbox.protocol.frame.StompException;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Something went wrong with one message. */
  void failed(StompException thrown) {
    first.compareAndSet(null, thrown);
    meter.failed(String.valueOf(thrown.getMessage()));
    if (meter.tally().get(Count.ERRORS) >= FRUITLESS && meter.tally().get(plan.work()) == 0) {
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
