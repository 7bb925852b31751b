package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SubscriptionToken.ByDestination;
import io.stompbox.protocol.session.SubscriptionToken.ById;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the frames that a client sends, each with the headers that its version requires, and reads
 * those that a server sends. Frames that the version does not have, or that would lack a required
 * header, are refused with an {@link IllegalFrameException}. Keeps no state; {@link ServerCommands}
 * is the other side.
 *
 * <p>What a parameter sets is written once: entries of the same name among the free headers are
 * left out.
 */
public final class Commands {
  /** The modes that SUBSCRIBE may name. */
  static final List<String> ACK_MODES = List.of("auto", "client", "client-individual");

  private final Version version;

  private Commands(Version version) {
    this.version = version;
  }

  /** Returns the commands of a version. */
  public static Commands of(Version version) {
    return new Commands(version);
  }

  /** The version whose rules hold. */
  public Version version() {
    return version;
  }

  /**
   * Returns a CONNECT frame.
   *
   * @param offered at least one
   * @param host the virtual host; empty leaves the header out if nothing but 1.0 is offered
   * @param heartBeat what is offered; {@link HeartBeat#NONE} leaves the header out
   * @param headers what else goes into it: login, passcode, client-id; must not have receipt
   */
  public static Frame connect(
      Set<Version> offered, String host, HeartBeat heartBeat, Headers headers) {
    return opening(Command.CONNECT, AcceptVersion.of(offered), host, heartBeat, headers);
  }

  /**
   * Returns a STOMP frame, which says the same as CONNECT. A server that speaks only 1.0 does not
   * know it, so 1.0 is not offered.
   *
   * @param offered at least one from 1.1 on
   * @param host the virtual host
   * @param heartBeat what is offered; {@link HeartBeat#NONE} leaves the header out
   * @param headers what else goes into it; must not have receipt
   */
  public static Frame stomp(
      Set<Version> offered, String host, HeartBeat heartBeat, Headers headers) {
    AcceptVersion versions = AcceptVersion.of(offered).without10();
    if (versions.versions().isEmpty()) {
      throw new IllegalFrameException(
          Reason.COMMAND_NOT_IN_VERSION,
          "STOMP 1.0 has no STOMP frame; use CONNECT, or offer 1.1 or 1.2 as well");
    }
    return opening(Command.STOMP, versions, host, heartBeat, headers);
  }

  private static Frame opening(
      Command command, AcceptVersion versions, String host, HeartBeat heartBeat, Headers headers) {
    if (headers.has("receipt")) {
      throw new IllegalFrameException(
          Reason.RECEIPT_ON_CONNECT, command + " can't ask for a receipt; CONNECTED answers it");
    }
    Version highest = versions.versions().last();
    Headers.Builder all = Headers.builder().add(AcceptVersion.HEADER, versions.text());
    if (highest != Version.V1_0 || !host.isEmpty()) {
      all.add("host", host);
    }
    if (!heartBeat.equals(HeartBeat.NONE)) {
      all.add(HeartBeat.HEADER, heartBeat.text());
    }
    Headers.Builder more = headers.toBuilder();
    List.of(AcceptVersion.HEADER, "host", HeartBeat.HEADER).forEach(more::remove);
    return checked(new Frame(command, all.addAll(more.build()).build(), Body.empty()), highest);
  }

  /** Returns a SEND frame. */
  public Frame send(String destination, Body body, FrameOptions with) {
    Headers headers = headers("destination", destination).build();
    return checked(with.complete(new Frame(Command.SEND, headers, body)), version);
  }

  /**
   * Returns a SUBSCRIBE frame. The id is sent in 1.0 too, so that messages can be told apart.
   *
   * @param ack auto, client or client-individual; brokers know the last in 1.0 as well
   */
  public Frame subscribe(String destination, String id, String ack, FrameOptions with) {
    Headers.Builder headers = headers("id", id).addIfPresent("destination", destination);
    return made(Command.SUBSCRIBE, headers.add("ack", known(ack)), with);
  }

  /** As {@link #subscribe(String, String, String, FrameOptions)}, without receipt. */
  public Frame subscribe(String destination, String id, String ack, Headers headers) {
    return subscribe(destination, id, ack, FrameOptions.NONE.with(headers));
  }

  /**
   * Returns a SUBSCRIBE frame without id, as only STOMP 1.0 allows: the destination has to tell its
   * messages apart.
   */
  public Frame subscribeWithoutId(String destination, String ack, FrameOptions with) {
    return made(
        Command.SUBSCRIBE, headers("destination", destination).add("ack", known(ack)), with);
  }

  private static String known(String ack) {
    if (!ACK_MODES.contains(ack)) {
      throw new IllegalFrameException(
          Reason.BAD_ACK_MODE, "ack must be one of " + ACK_MODES + ", but was '" + ack + "'");
    }
    return ack;
  }

  /** Returns an UNSUBSCRIBE frame for a subscription with this id. */
  public Frame unsubscribe(String id) {
    return unsubscribe(new ById(id), FrameOptions.NONE);
  }

  /** Returns an UNSUBSCRIBE frame; a subscription without id can be ended only in 1.0. */
  public Frame unsubscribe(SubscriptionToken token, FrameOptions with) {
    Headers.Builder headers =
        token instanceof ById byId
            ? headers("id", byId.id())
            : headers("destination", ((ByDestination) token).destination());
    return made(Command.UNSUBSCRIBE, headers, with);
  }

  /**
   * Returns the ACK for a message in the form of this version.
   *
   * @throws IllegalArgumentException if it is not a MESSAGE
   * @throws IllegalFrameException if it lacks the headers for it
   */
  public Frame ack(Frame message) {
    return acknowledging(Command.ACK, message);
  }

  /** As {@link #ack(Frame)}, from what a MESSAGE said. */
  public Frame ack(MessageIds message, FrameOptions with) {
    return made(Command.ACK, acknowledged(message), with);
  }

  /**
   * Returns the NACK for a message in the form of this version. STOMP 1.0 has none.
   *
   * @throws IllegalArgumentException if it is not a MESSAGE
   * @throws IllegalFrameException in 1.0, and if it lacks the headers for it
   */
  public Frame nack(Frame message) {
    return version == Version.V1_2
        ? acknowledging(Command.NACK, message)
        : nack(MessageIds.of(message), FrameOptions.NONE);
  }

  /** As {@link #nack(Frame)}, from what a MESSAGE said. */
  public Frame nack(MessageIds message, FrameOptions with) {
    if (version == Version.V1_0) {
      FrameRules.checkToSend(Frame.of(Command.NACK), version);
    }
    return made(Command.NACK, acknowledged(message), with);
  }

  /** For 1.2, where one header does, the others of the message are not even made text. */
  private Frame acknowledging(Command command, Frame message) {
    String id = message.command().equals(Command.MESSAGE) ? message.header("ack") : null;
    return version == Version.V1_2 && id != null
        ? new Frame(command, Headers.of("id", id), Body.empty())
        : made(command, acknowledged(MessageIds.of(message)), FrameOptions.NONE);
  }

  private Headers.Builder acknowledged(MessageIds message) {
    if (version == Version.V1_2) {
      return headers("id", required("ack", message.ack(), message));
    }
    Headers.Builder ids =
        headers("message-id", required("message-id", message.messageId(), message));
    // 1.0 does not ask for it, but a message-id alone is ambiguous when two subscriptions got it.
    return version == Version.V1_0 && message.subscription() == null
        ? ids
        : ids.add("subscription", required("subscription", message.subscription(), message));
  }

  private String required(String name, @Nullable String value, MessageIds message) {
    if (value == null) {
      throw new IllegalFrameException(
          Reason.MISSING_HEADER,
          "the message has no header '"
              + name
              + "', which STOMP "
              + version
              + " needs to acknowledge it: "
              + message);
    }
    return value;
  }

  /** Returns a BEGIN frame. */
  public Frame begin(String transaction) {
    return begin(transaction, FrameOptions.NONE);
  }

  /** Returns a BEGIN frame. */
  public Frame begin(String transaction, FrameOptions with) {
    return made(Command.BEGIN, headers("transaction", transaction), with);
  }

  /** Returns a COMMIT frame. */
  public Frame commit(String transaction) {
    return commit(transaction, FrameOptions.NONE);
  }

  /** Returns a COMMIT frame. */
  public Frame commit(String transaction, FrameOptions with) {
    return made(Command.COMMIT, headers("transaction", transaction), with);
  }

  /** Returns an ABORT frame. */
  public Frame abort(String transaction) {
    return abort(transaction, FrameOptions.NONE);
  }

  /** Returns an ABORT frame. */
  public Frame abort(String transaction, FrameOptions with) {
    return made(Command.ABORT, headers("transaction", transaction), with);
  }

  /** Returns a DISCONNECT frame that asks for a receipt. */
  public Frame disconnect(String receipt) {
    return disconnect(FrameOptions.NONE.withReceipt(receipt));
  }

  /** Returns a DISCONNECT frame. Without a receipt nobody knows what the server has handled. */
  public Frame disconnect(FrameOptions with) {
    return made(Command.DISCONNECT, Headers.builder(), with);
  }

  private Frame made(Command command, Headers.Builder headers, FrameOptions with) {
    return checked(with.complete(new Frame(command, headers.build(), Body.empty())), version);
  }

  /** A value that is missing is refused by the table of required headers and not by the builder. */
  private static Headers.Builder headers(String name, @Nullable String value) {
    return Headers.builder().addIfPresent(name, value);
  }

  private static Frame checked(Frame frame, Version version) {
    FrameRules.checkToSend(frame, version);
    return frame;
  }

  /**
   * Refuses a frame that is about to be sent by either side.
   *
   * @throws IllegalFrameException if the version does not have the command, requires a header that
   *     is not there, or does not allow the body
   */
  public void checkToSend(Frame frame) {
    FrameRules.checkToSend(frame, version);
  }

  /**
   * Refuses a frame that came from the other side.
   *
   * @throws ProtocolException if the version does not have the command, requires a header that is
   *     not there, or does not allow the body
   */
  public void checkReceived(Frame frame) {
    FrameRules.checkReceived(frame, version);
  }

  /**
   * Returns the octet that says "still here" when there is nothing to send: an end of line.
   *
   * @throws IllegalFrameException in 1.0, which has no heart-beats; a {@link Session} goes by what
   *     the server agreed to, since some agree to them in 1.0 as well
   */
  public Body heartBeat() {
    if (version == Version.V1_0) {
      throw new IllegalFrameException(
          Reason.COMMAND_NOT_IN_VERSION, "STOMP 1.0 has no heart-beats; connect with 1.1 or 1.2");
    }
    return Body.of("\n");
  }

  /**
   * Returns the subscription that a MESSAGE is for.
   *
   * @throws ProtocolException if it is another frame, or lacks a header that is required
   */
  public SubscriptionToken readMessage(Frame frame) {
    expect(Command.MESSAGE, frame);
    return SubscriptionToken.of(frame).orElseThrow();
  }

  /**
   * Returns the receipt that a RECEIPT brings.
   *
   * @throws ProtocolException if it is another frame, or has no receipt-id
   */
  public String readReceipt(Frame frame) {
    expect(Command.RECEIPT, frame);
    return frame.require("receipt-id");
  }

  /**
   * Returns what an ERROR says.
   *
   * @throws ProtocolException if it is another frame
   */
  public ServerError readError(Frame frame) {
    expect(Command.ERROR, frame);
    return ServerError.of(frame);
  }

  private void expect(Command command, Frame frame) {
    if (!frame.command().equals(command)) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "expected a " + command + ", but got " + frame);
    }
    checkReceived(frame);
  }
}
