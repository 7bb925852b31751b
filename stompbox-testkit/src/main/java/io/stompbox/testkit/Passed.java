package io.stompbox.testkit;

import java.util.Map;

/**
 * What one direction of a connection has let pass so far.
 *
 * @param octets all octets, added ones too
 * @param frames whole frames by their command; those left out are not among them, copies are
 */
public record Passed(long octets, Map<String, Long> frames) {
  /** Nothing. */
  static final Passed NOTHING = new Passed(0, Map.of());

  /** Copies the numbers. */
  public Passed {
    frames = Map.copyOf(frames);
  }

  /** How many frames with a command. */
  public long frames(String command) {
    return frames.getOrDefault(command, 0L);
  }
}
