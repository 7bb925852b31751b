package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Durable.Kind;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.session.Commands;

/**
 * One physical connection of a client, numbered from 1.
 *
 * @param offered the program's own headers of CONNECT
 * @param connectedAt in the time source's nanoseconds
 */
record Epoch(
    int number,
    Link link,
    BrokerProfile profile,
    Commands commands,
    Headers offered,
    long connectedAt) {

  private static final String CLIENT_ID = "client-id";

  /**
   * Checks that the version can carry a frame and the broker takes it.
   *
   * @throws IllegalFrameException if not
   */
  void check(Frame frame) {
    FrameCheck.check(frame, link.agreement().version());
    profile.limits().check(frame);
  }

  /**
   * Checks that a durable subscription will be known by what the broker knows them by.
   *
   * @throws IllegalArgumentException if not
   */
  void checkDurable(Reading wanted) {
    String name = wanted.durableName();
    if (name != null && profile.durable(name).kind() != Kind.NAME && !offered.has(CLIENT_ID)) {
      throw new IllegalArgumentException(
          profile.name()
              + " knows the durable subscription "
              + name
              + " by the client too; connect with offer(Offer.standard().withHeader(\"client-id\","
              + " \"...\")), the same each time");
    }
  }
}
