package io.stompbox.testkit;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a {@link FaultProxy} does to one of its connections, or to all. May be changed at any time,
 * from any thread.
 */
public final class Faults {
  private final BiConsumer<Direction, Fault> set;
  private final Runnable heal;

  Faults(BiConsumer<Direction, Fault> set, Runnable heal) {
    this.set = set;
    this.heal = heal;
  }

  /** Which way octets go. */
  public enum Direction {
    /** From the client to the broker. */
    UP,
    /** From the broker to the client. */
    DOWN
  }

  /** Adds faults from the client to the broker. */
  public Faults up(Fault... faults) {
    return add(Direction.UP, faults);
  }

  /** Adds faults from the broker to the client. */
  public Faults down(Fault... faults) {
    return add(Direction.DOWN, faults);
  }

  /** Adds faults in a direction. */
  public Faults add(Direction direction, Fault... faults) {
    List.of(faults).forEach(fault -> set.accept(direction, fault));
    return this;
  }

  /**
   * Forgets all faults that were set for it, those that have not struck too. A connection that
   * swallowed octets or was not read goes on, in the middle of a frame perhaps; one that has ended
   * does not come back.
   */
  public Faults heal() {
    heal.run();
    return this;
  }
}
