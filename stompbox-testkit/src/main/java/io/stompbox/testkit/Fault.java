package io.stompbox.testkit;

import io.stompbox.protocol.frame.Body;
import java.time.Duration;

/** What a {@link FaultProxy} does to one direction of a connection. */
public sealed interface Fault {
  /** Where it strikes. */
  default Place place() {
    return Place.now();
  }

  /**
   * Holds back what was read, each time for so long. What comes in the meantime waits its turn.
   *
   * @param each how long
   */
  record Delay(Duration each) implements Fault {}

  /**
   * Lets octets pass slowly.
   *
   * @param octetsPerSecond how many, at least 1
   */
  record Rate(int octetsPerSecond) implements Fault {
    /** Refuses numbers below 1. */
    public Rate {
      positive("octetsPerSecond", octetsPerSecond);
    }
  }

  /**
   * Writes pieces, each by itself. A receiver that is slow may still read several at once.
   *
   * @param octets the size of a piece, at least 1
   */
  record Split(int octets) implements Fault {
    /** Refuses numbers below 1. */
    public Split {
      positive("octets", octets);
    }
  }

  /** Ends the stream or the connection. */
  record End(Ending ending, Place place) implements Fault {}

  /**
   * Turns over bits of the next octet.
   *
   * @param mask the bits
   */
  record Flip(int mask, Place place) implements Fault {}

  /** Adds octets that nobody sent. */
  record Inject(Body octets, Place place) implements Fault {}

  /**
   * Leaves a frame out.
   *
   * @param number which of those with this command, from 1; {@link Place#EVERY} means each
   */
  record Swallow(String command, int number) implements Fault {
    @Override
    public Place place() {
      return Place.before(command, number);
    }
  }

  /**
   * Sends a frame twice.
   *
   * @param number which of those with this command, from 1; {@link Place#EVERY} means each
   */
  record Duplicate(String command, int number) implements Fault {
    @Override
    public Place place() {
      return Place.before(command, number);
    }
  }

  /** How a stream ends. */
  enum Ending {
    /** Both sides see a reset; what is under way may be lost. */
    RESET,
    /** Both sides see the end of the stream. */
    CLOSE,
    /** The receiver sees the end of the stream; the other direction goes on. */
    HALF_CLOSE,
    /** What is sent is read and dropped; nobody sees an end. */
    BLACK_HOLE,
    /** What is sent is not read any more, so that buffers fill up. */
    STOP_READING
  }

  /** Holds back what was read, each time for so long. */
  static Fault delay(Duration each) {
    return new Delay(each);
  }

  /** Lets so many octets pass in a second. */
  static Fault rate(int octetsPerSecond) {
    return new Rate(octetsPerSecond);
  }

  /** Writes pieces of so many octets. */
  static Fault split(int octets) {
    return new Split(octets);
  }

  /** Resets the connection. */
  static Fault reset(Place place) {
    return new End(Ending.RESET, place);
  }

  /** Ends the connection in an orderly way. */
  static Fault close(Place place) {
    return new End(Ending.CLOSE, place);
  }

  /** Ends this direction in an orderly way. */
  static Fault halfClose(Place place) {
    return new End(Ending.HALF_CLOSE, place);
  }

  /** Reads and drops what follows. */
  static Fault blackHole(Place place) {
    return new End(Ending.BLACK_HOLE, place);
  }

  /** Reads nothing of what follows. */
  static Fault stopReading(Place place) {
    return new End(Ending.STOP_READING, place);
  }

  /** Turns over bits of the octet that comes next. */
  static Fault flip(int mask, Place place) {
    return new Flip(mask, place);
  }

  /** Adds UTF-8 text, with {@code ^@} for NUL. */
  static Fault inject(String text, Place place) {
    return new Inject(Body.of(text.replace("^@", "\0")), place);
  }

  /** Leaves out the nth frame with a command. */
  static Fault swallow(String command, int number) {
    return new Swallow(command, number);
  }

  /** Sends the nth frame with a command twice. */
  static Fault duplicate(String command, int number) {
    return new Duplicate(command, number);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }
}
