package io.stompbox.cli.json;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import java.util.OptionalLong;

/** What a stream of captured octets consists of, a line of JSON each. */
public sealed interface FrameEntry {
  /** Where it starts in the octets, counted from 0; empty if that is not known. */
  OptionalLong offset();

  /** A frame with escapes undone. */
  record Whole(OptionalLong offset, Frame frame) implements FrameEntry {}

  /** An end of line between frames. */
  record HeartBeat(OptionalLong offset) implements FrameEntry {}

  /**
   * Octets that are no frame.
   *
   * @param octets how many they are
   * @param reason what was found and what is allowed
   */
  record Faulty(OptionalLong offset, long octets, ProtocolException.Fault fault, String reason)
      implements FrameEntry {}
}
