package io.stompbox.client;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the broker sends to whom it concerns: messages to subscriptions, receipts and errors
 * to the outbox. Called by the reader of one link after the other.
 */
final class IncomingFrames {
  private final Outbox outbox;
  private final Subscriptions subscriptions;
  private final Supplier<@Nullable Epoch> last;
  private final DecoderMode mode;
  private final IncomingBodies bodies;

  /**
   * Creates it.
   *
   * @param last the last connection, which may have ended
   */
  IncomingFrames(
      ConnectOptions options,
      Outbox outbox,
      Subscriptions subscriptions,
      Supplier<@Nullable Epoch> last) {
    this.outbox = outbox;
    this.subscriptions = subscriptions;
    this.last = last;
    this.mode = options.mode();
    this.bodies =
        new IncomingBodies(subscriptions.bodies(), options.limits().body(), this::onWhole);
  }

  /** As {@link LinkListener#onFrame}. */
  void onFrame(Link link, Frame frame) {
    switch (frame.command().name()) {
      case "MESSAGE" -> subscriptions.routes().route(link, frame, StoredBody.NONE);
      case "RECEIPT" -> onReceipts(link, List.of(frame));
      case "ERROR" -> onError(link, frame);
      case "CONNECTED", "CONNECT", "STOMP" ->
          throw new ProtocolException(
              Fault.UNEXPECTED_FRAME, frame.command() + " came in the middle of a connection");
      default -> onUnknown(frame);
    }
  }

  /** As {@link LinkListener#onBody}. */
  void onBody(Link link, DecodedEvent part) {
    bodies.add(link, part);
  }

  private void onWhole(Link link, Frame frame, StoredBody body) {
    if (body.isNone()) {
      onFrame(link, frame);
    } else {
      subscriptions.routes().route(link, frame, body);
    }
  }

  /** As {@link LinkListener#onReceipts}. */
  void onReceipts(Link link, List<Frame> receipts) {
    List<String> ids = new ArrayList<>(receipts.size());
    try {
      for (Frame receipt : receipts) {
        ids.add(receipt.require("receipt-id"));
      }
    } finally {
      outbox.resolution().confirm(ids, link.epoch());
    }
  }

  /** What named its receipt is refused for good; everything else comes again after reconnecting. */
  private void onError(Link link, Frame error) {
    Epoch epoch = last.get();
    if (epoch != null && epoch.profile().isOfUnrouted(error)) {
      subscriptions.routes().unrouted(error);
      return;
    }
    BrokerErrorException cause = new BrokerErrorException("a frame", error);
    subscriptions.pulls().error(cause);
    String receipt = cause.named();
    if (receipt != null) {
      outbox.resolution().reject(receipt, cause);
    } else {
      subscriptions.suspect(cause);
    }
    link.end(cause);
  }

  private void onUnknown(Frame frame) {
    if (mode == DecoderMode.STRICT) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME,
          "a frame came whose command STOMP does not have: "
              + frame.command()
              + "; TOLERANT counts and passes over such frames");
    }
    subscriptions.routes().passOver(frame);
  }

  /** As {@link LinkListener#onEnding}. */
  void onEnding(Link link) {
    bodies.ending();
    subscriptions.ending(link.epoch());
  }

  /** No more come on that connection. */
  void ended(int epoch, StompException cause) {
    subscriptions.ended(epoch, cause);
    bodies.ended(epoch);
  }
}
