package io.stompbox.cli.frames;

import io.stompbox.cli.connection.Protocol;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.util.Optional;

/**
 * Which version the frames of one direction of a connection have: the one that was given, or else
 * 1.2 until CONNECTED names another, or CONNECT leaves no choice.
 */
final class VersionInForce {
  private final boolean follows;
  private Version version;

  VersionInForce(Protocol given) {
    this.follows = given.versions().size() > 1;
    this.version = follows ? Version.V1_2 : given.versions().iterator().next();
  }

  Version version() {
    return version;
  }

  /** Takes note of a frame; true if those behind it have another version than it had. */
  boolean passes(Frame frame) {
    Optional<Version> agreed = follows ? agreed(frame) : Optional.empty();
    boolean changes = agreed.filter(other -> other != version).isPresent();
    version = agreed.orElse(version);
    return changes;
  }

  /** STOMP 1.0 has neither of the headers. */
  private static Optional<Version> agreed(Frame frame) {
    if (frame.command().equals(Command.CONNECTED)) {
      return Version.of(frame.headers().value("version").orElse("1.0"));
    }
    if (frame.command().equals(Command.CONNECT) || frame.command().equals(Command.STOMP)) {
      return Version.of(frame.headers().value("accept-version").orElse("1.0"));
    }
    return Optional.empty();
  }
}
