package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.session.Commands;

/**
 * One physical connection of a client, numbered from 1.
 *
 * @param connectedAt in the time source's nanoseconds
 */
record Epoch(int number, Link link, BrokerProfile profile, Commands commands, long connectedAt) {

  /**
   * Checks that the version can carry a frame and the broker takes it.
   *
   * @throws IllegalFrameException if not
   */
  void check(Frame frame) {
    FrameCheck.check(frame, link.agreement().version());
    profile.limits().check(frame);
  }
}
