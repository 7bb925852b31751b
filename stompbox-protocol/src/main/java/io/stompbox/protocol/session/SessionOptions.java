package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Version;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a {@link Session} behaves.
 *
 * @param versions what it offers; at least one
 * @param heartBeat what it offers
 * @param tolerance how strictly heart-beats are taken
 * @param checking whether the state table and bookkeeping refuse what is out of place
 */
public record SessionOptions(
    Set<Version> versions, HeartBeat heartBeat, HeartBeatTolerance tolerance, Checking checking) {

  /** How a session takes what is out of place. */
  public enum Checking {
    /**
     * Refuses frames that the state does not allow, and reports without fault what a broker sends
     * beyond the specification: an unknown command, a receipt that nobody asked for.
     */
    TOLERANT,
    /** Takes those for breaches of the protocol as well. */
    STRICT,
    /** Allows every frame in every state, for tools that break the rules on purpose. */
    OFF
  }

  /** Copies the versions. */
  public SessionOptions {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("at least one version must be offered");
    }
    versions = Set.copyOf(versions);
  }

  /** All versions, no heart-beats, tolerant checking. */
  public static SessionOptions defaults() {
    return new SessionOptions(
        EnumSet.allOf(Version.class),
        HeartBeat.NONE,
        HeartBeatTolerance.STANDARD,
        Checking.TOLERANT);
  }

  /** Returns them with other versions. */
  public SessionOptions with(Set<Version> others) {
    return new SessionOptions(others, heartBeat, tolerance, checking);
  }

  /** Returns them with other heart-beats. */
  public SessionOptions with(HeartBeat other) {
    return new SessionOptions(versions, other, tolerance, checking);
  }

  /** Returns them with another tolerance. */
  public SessionOptions with(HeartBeatTolerance other) {
    return new SessionOptions(versions, heartBeat, other, checking);
  }

  /** Returns them with another checking. */
  public SessionOptions with(Checking other) {
    return new SessionOptions(versions, heartBeat, tolerance, other);
  }

  boolean isStrict() {
    return checking == Checking.STRICT;
  }
}
