package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.util.Set;

/** The frames of a {@link ServerSession}, made of those that it got. */
final class ServerReplies {
  /** What a SEND says to the server, and what only the server may say in a MESSAGE. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "destination",
          "message-id",
          "subscription",
          "ack",
          "receipt",
          "transaction",
          "content-length");

  /** Characters of the message of an ERROR; what clients sent may be repeated in it. */
  private static final int LONGEST_MESSAGE = 500;

  private ServerReplies() {}

  /** Returns CONNECTED. It speaks of heart-beats only to clients that know of them. */
  static Frame connected(Frame connect, Version version, String session, HeartBeat offered) {
    Headers.Builder headers = Headers.builder().add("session", session).add("server", "Stompbox");
    if (connect.headers().has(HeartBeat.HEADER)) {
      headers.add(HeartBeat.HEADER, offered.text());
    }
    return ServerCommands.of(version).connected(HeartBeat.NONE, headers.build());
  }

  /**
   * Returns ERROR for a frame with these headers.
   *
   * @param spoken what this server speaks, for clients that speak something else
   */
  static Frame error(
      ProtocolException fault, Headers faulty, Version version, Set<Version> spoken) {
    Headers more =
        fault.fault() == Fault.VERSION_MISMATCH
            ? Headers.of("version", AcceptVersion.of(spoken).text())
            : Headers.empty();
    return ServerCommands.of(version)
        .error(shown(fault.getMessage()), faulty.get("receipt"), Body.empty(), more);
  }

  /** Short, and with no character that a version can't carry. */
  private static String shown(String message) {
    StringBuilder shown = new StringBuilder();
    message
        .codePoints()
        .limit(LONGEST_MESSAGE)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** Returns the MESSAGE that brings {@code source} to a subscription. */
  static Frame message(MessageIds ids, Frame source, Version version) {
    String destination = source.header("destination");
    if (destination == null) {
      throw new IllegalArgumentException(
          "a message needs a destination, but what it is made of has none: " + source);
    }
    Headers.Builder passedOn = source.headers().toBuilder();
    NOT_PASSED_ON.forEach(passedOn::remove);
    return ServerCommands.of(version).message(ids, destination, source.body(), passedOn.build());
  }
}
