package io.stompbox.client.transport;

import java.time.Duration;

/**
 * Whether TCP asks a peer that says nothing whether it is still there. While octets wait to be
 * taken by the peer, TCP does not ask but sends them again.
 */
public sealed interface KeepAlive {

  /** TCP never asks. */
  record Off() implements KeepAlive {}

  /** TCP asks when the system is set to: Linux by default after two hours. */
  record SystemTimes() implements KeepAlive {}

  /**
   * TCP asks at times of its own. Where the system can't set one of them for a single connection,
   * its own time holds.
   *
   * @param idle silence before the first question; 1 s to 9 h, whole seconds
   * @param interval between two questions; likewise
   * @param count how many questions stay unanswered before the connection is given up; 1 to 127
   */
  record Every(Duration idle, Duration interval, int count) implements KeepAlive {
    private static final Duration LONGEST = Duration.ofSeconds(32_767);
    private static final int MOST = 127;

    /**
     * Checks them against what Linux takes.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Every {
      check("idle", idle);
      check("interval", interval);
      if (count < 1 || count > MOST) {
        throw new IllegalArgumentException("count must be from 1 to " + MOST + ": " + count);
      }
    }

    private static void check(String name, Duration value) {
      boolean whole = value.equals(Duration.ofSeconds(value.toSeconds()));
      if (!whole || value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            name + " must be whole seconds, from 1 s to " + LONGEST.toSeconds() + " s: " + value);
      }
    }
  }

  /**
   * The default: after a minute, and then every ten seconds, up to six times. Who has gone without
   * a word is found out after two minutes.
   */
  static KeepAlive standard() {
    return new Every(Duration.ofSeconds(60), Duration.ofSeconds(10), 6);
  }
}
