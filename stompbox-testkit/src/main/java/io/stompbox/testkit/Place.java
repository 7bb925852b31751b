package io.stompbox.testkit;

/**
 * Where in a stream of octets a {@link Fault} strikes. Numbers count from the stream's beginning.
 */
public sealed interface Place {
  /** Matches every command. */
  String ANY = "*";

  /** As a number of a frame: each of them. */
  int EVERY = 0;

  /** As soon as it is set, or the connection begins. */
  record Now() implements Place {}

  /**
   * Behind so many octets, which have passed.
   *
   * @param octets 0 is before the first
   */
  record AfterOctets(long octets) implements Place {
    /** Refuses a negative number. */
    public AfterOctets {
      if (octets < 0) {
        throw new IllegalArgumentException("octets must not be negative: " + octets);
      }
    }
  }

  /**
   * At a frame.
   *
   * @param command its command; {@link #ANY} for all
   * @param number which of those with this command, from 1; {@link #EVERY} strikes each time
   */
  record AtFrame(Where where, String command, int number) implements Place {
    /** Refuses a negative number. */
    public AtFrame {
      if (number < 0) {
        throw new IllegalArgumentException("the number of a frame is not negative: " + number);
      }
    }

    boolean isAt(Where other, String name, long numberOfName, long numberOfAll) {
      boolean isAny = command.equals(ANY);
      return where == other
          && (isAny || command.equals(name))
          && (number == EVERY || number == (isAny ? numberOfAll : numberOfName));
    }
  }

  /** Where at a frame. */
  enum Where {
    /** Before its first octet. */
    BEFORE,
    /** Between its headers and its body; without a body, before its NUL. */
    WITHIN,
    /** Behind its NUL. */
    AFTER
  }

  /** As soon as it is set, or the connection begins. */
  static Place now() {
    return new Now();
  }

  /** Behind so many octets. */
  static Place afterOctets(long octets) {
    return new AfterOctets(octets);
  }

  /** Before the nth frame with a command. */
  static Place before(String command, int number) {
    return new AtFrame(Where.BEFORE, command, number);
  }

  /** In the middle of the nth frame with a command. */
  static Place within(String command, int number) {
    return new AtFrame(Where.WITHIN, command, number);
  }

  /** Behind the nth frame with a command. */
  static Place after(String command, int number) {
    return new AtFrame(Where.AFTER, command, number);
  }
}
