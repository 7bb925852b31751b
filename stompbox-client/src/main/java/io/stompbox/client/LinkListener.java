package io.stompbox.client;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.util.List;

/**
 * Learns what happens on one physical connection. Called on its threads, which it must not hold.
 */
interface LinkListener {
  /** A frame came. May wait for room if it tells the link that reading is paused. */
  void onFrame(Link link, Frame frame);

  /** RECEIPT frames came, one behind the other, so that not each has to be told by itself. */
  default void onReceipts(Link link, List<Frame> receipts) {
    receipts.forEach(receipt -> onFrame(link, receipt));
  }

  /**
   * A part of a body came that is so large that it is streamed. May wait as for a frame.
   *
   * @param part a {@link DecodedEvent.BodyStarted}, {@link DecodedEvent.BodyChunk} or {@link
   *     DecodedEvent.BodyEnded}
   */
  default void onBody(Link link, DecodedEvent part) {
    throw new AssertionError("this connection streams no bodies");
  }

  /** The connection is ending: wake what waits for room on its reader. Must not wait itself. */
  void onEnding(Link link);

  /**
   * The connection has ended, both its threads with it. Called once, last.
   *
   * @param unsent frames that were taken from the outbox and not written
   * @param unknown how many sends without a receipt were being written
   */
  void onEnded(Link link, StompException cause, List<Outbound> unsent, int unknown);
}
