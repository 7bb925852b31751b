package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.util.Collection;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a client offers in CONNECT (STOMP 1.2, "Protocol Negotiation").
 *
 * @param versions rising; those that are known here. Empty only if it was read from a client that
 *     offers nothing but versions of the future
 */
public record AcceptVersion(NavigableSet<Version> versions) {
  /** The header that carries the list. */
  public static final String HEADER = "accept-version";

  /** Copies the versions. */
  public AcceptVersion {
    versions = new TreeSet<>(versions);
  }

  @Override
  public NavigableSet<Version> versions() {
    return new TreeSet<>(versions);
  }

  /**
   * Returns what a client offers that speaks these versions.
   *
   * @throws IllegalFrameException if there is none
   */
  public static AcceptVersion of(Collection<Version> versions) {
    if (versions.isEmpty()) {
      throw new IllegalFrameException(Reason.NO_VERSION, "at least one version must be offered");
    }
    return new AcceptVersion(new TreeSet<>(versions));
  }

  /**
   * Reads the header's value. Versions that are not known here are left out, and the order does not
   * matter.
   *
   * @param value null if CONNECT has no such header: the client speaks 1.0 only
   */
  public static AcceptVersion parse(@Nullable String value) {
    if (value == null) {
      return of(EnumSet.of(Version.V1_0));
    }
    NavigableSet<Version> known = new TreeSet<>();
    for (String text : value.split(",", -1)) {
      Version.of(text.strip()).ifPresent(known::add);
    }
    return new AcceptVersion(known);
  }

  /** Returns the highest version that both sides have; empty if there is none. */
  public Optional<Version> highestCommon(Set<Version> supported) {
    TreeSet<Version> common = new TreeSet<>(versions);
    common.retainAll(supported);
    return common.isEmpty() ? Optional.empty() : Optional.of(common.last());
  }

  /** Returns what is left without 1.0. */
  AcceptVersion without10() {
    TreeSet<Version> left = new TreeSet<>(versions);
    left.remove(Version.V1_0);
    return new AcceptVersion(left);
  }

  /** Returns the header's value: with blanks all known brokers see only the first version. */
  public String text() {
    return versions.stream().map(Version::text).collect(Collectors.joining(","));
  }
}
