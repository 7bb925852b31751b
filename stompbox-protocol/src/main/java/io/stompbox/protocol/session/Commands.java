package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the frames that a client sends, each with the headers that its version requires. Frames
 * that the version does not have, or that would lack a required header, are refused.
 */
public final class Commands {
  private static final List<String> ACK_MODES = List.of("auto", "client", "client-individual");

  private final Version version;

  private Commands(Version version) {
    this.version = version;
  }

  /** Returns the commands of a version. */
  public static Commands of(Version version) {
    return new Commands(version);
  }

  /**
   * Returns a CONNECT frame.
   *
   * @param offered at least one
   * @param host the virtual host
   * @param headers what else goes into it: login, passcode, client-id; must not have receipt, and
   *     what the other parameters set is left out
   */
  public static Frame connect(
      Set<Version> offered, String host, HeartBeat heartBeat, Headers headers) {
    if (offered.isEmpty()) {
      throw new IllegalArgumentException("at least one version must be offered");
    }
    if (headers.has("receipt")) {
      throw new IllegalArgumentException("CONNECT can't ask for a receipt; CONNECTED answers it");
    }
    Headers.Builder all = Headers.builder();
    all.add("accept-version", acceptVersion(offered)).add("host", host);
    if (!heartBeat.equals(HeartBeat.NONE)) {
      all.add(HeartBeat.HEADER, heartBeat.text());
    }
    all.addAll(without(headers, "accept-version", "host", HeartBeat.HEADER));
    return new Frame(Command.CONNECT, all.build(), Body.empty());
  }

  /** Of repeated headers the first should count, but Artemis takes the last of them in 1.0. */
  private static Headers without(Headers headers, String... names) {
    Headers.Builder left = headers.toBuilder();
    for (String name : names) {
      left.remove(name);
    }
    return left.build();
  }

  /** Rising and without blanks: with blanks all known brokers see only the first version. */
  private static String acceptVersion(Set<Version> offered) {
    return new TreeSet<>(offered).stream().map(Version::text).collect(Collectors.joining(","));
  }

  /**
   * Returns a SUBSCRIBE frame. The id is sent in 1.0 too, so that messages can be told apart.
   *
   * @param ack auto, client or client-individual; brokers know the last in 1.0 as well
   * @param headers what else goes into it; what the other parameters set is left out
   */
  public Frame subscribe(String destination, String id, String ack, Headers headers) {
    if (!ACK_MODES.contains(ack)) {
      throw new IllegalArgumentException(
          "ack must be one of " + ACK_MODES + ", but was '" + ack + "'");
    }
    return new Frame(
        Command.SUBSCRIBE,
        Headers.builder()
            .add("id", id)
            .add("destination", destination)
            .add("ack", ack)
            .addAll(without(headers, "id", "destination", "ack"))
            .build(),
        Body.empty());
  }

  /** Returns an UNSUBSCRIBE frame. */
  public Frame unsubscribe(String id) {
    return Frame.of(Command.UNSUBSCRIBE, "id", id);
  }

  /**
   * Returns the ACK for a message in the form of this version.
   *
   * @throws IllegalArgumentException if it is not a MESSAGE, or lacks the headers for it
   */
  public Frame ack(Frame message) {
    return new Frame(Command.ACK, acknowledged(message), Body.empty());
  }

  /**
   * Returns the NACK for a message in the form of this version.
   *
   * @throws IllegalArgumentException in 1.0, which has no NACK; if it is not a MESSAGE, or lacks
   *     the headers for it
   */
  public Frame nack(Frame message) {
    if (version == Version.V1_0) {
      throw new IllegalFrameException(
          Reason.COMMAND_NOT_IN_VERSION,
          "STOMP 1.0 has no NACK; leave the message unacknowledged or connect with 1.1 or 1.2");
    }
    return new Frame(Command.NACK, acknowledged(message), Body.empty());
  }

  private Headers acknowledged(Frame message) {
    if (!message.command().equals(Command.MESSAGE)) {
      throw new IllegalArgumentException("only a MESSAGE can be acknowledged, but got " + message);
    }
    if (version == Version.V1_2) {
      return Headers.of("id", required(message, "ack"));
    }
    Headers id = Headers.of("message-id", required(message, "message-id"));
    if (version == Version.V1_0 && message.header("subscription") == null) {
      return id;
    }
    // 1.0 does not ask for it, but a message-id alone is ambiguous when two subscriptions got it.
    return id.toBuilder().add("subscription", required(message, "subscription")).build();
  }

  private String required(Frame message, String name) {
    String value = message.header(name);
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
    return Frame.of(Command.BEGIN, "transaction", transaction);
  }

  /** Returns a COMMIT frame. */
  public Frame commit(String transaction) {
    return Frame.of(Command.COMMIT, "transaction", transaction);
  }

  /** Returns an ABORT frame. */
  public Frame abort(String transaction) {
    return Frame.of(Command.ABORT, "transaction", transaction);
  }

  /** Returns a DISCONNECT frame that asks for a receipt. */
  public Frame disconnect(String receipt) {
    return Frame.of(Command.DISCONNECT, "receipt", receipt);
  }
}
