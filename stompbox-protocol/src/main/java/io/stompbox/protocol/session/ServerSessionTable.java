package io.stompbox.protocol.session;

import static io.stompbox.protocol.frame.Command.ABORT;
import static io.stompbox.protocol.frame.Command.ACK;
import static io.stompbox.protocol.frame.Command.BEGIN;
import static io.stompbox.protocol.frame.Command.COMMIT;
import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.DISCONNECT;
import static io.stompbox.protocol.frame.Command.NACK;
import static io.stompbox.protocol.frame.Command.SEND;
import static io.stompbox.protocol.frame.Command.STOMP;
import static io.stompbox.protocol.frame.Command.SUBSCRIBE;
import static io.stompbox.protocol.frame.Command.UNSUBSCRIBE;
import static io.stompbox.protocol.session.ServerSessionState.AWAITING_CONNECT;
import static io.stompbox.protocol.session.ServerSessionState.CONNECTED;
import static io.stompbox.protocol.session.ServerSessionState.ENDED;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which frame is allowed in which state of a server's session, and where it leads. */
final class ServerSessionTable {
  private static final Map<ServerSessionState, Map<Command, ServerSessionState>> TRANSITIONS =
      new EnumMap<>(ServerSessionState.class);

  static {
    in(AWAITING_CONNECT, CONNECTED, CONNECT, STOMP);
    in(CONNECTED, CONNECTED, SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, COMMIT, ABORT);
    in(CONNECTED, ENDED, DISCONNECT);
  }

  private ServerSessionTable() {}

  private static void in(ServerSessionState state, ServerSessionState next, Command... commands) {
    for (Command command : commands) {
      TRANSITIONS.computeIfAbsent(state, any -> new LinkedHashMap<>()).put(command, next);
    }
  }

  /**
   * Returns where a frame of this command leads.
   *
   * @throws ProtocolException if it is not allowed
   */
  static ServerSessionState next(ServerSessionState state, Command command) {
    ServerSessionState next = TRANSITIONS.getOrDefault(state, Map.of()).get(command);
    if (next == null) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME,
          command + " is not allowed while " + state + "; allowed are " + allowed(state));
    }
    return next;
  }

  /** Returns what is allowed in a state, in the order of the table. */
  static Set<Command> allowed(ServerSessionState state) {
    return TRANSITIONS.getOrDefault(state, Map.of()).keySet();
  }
}
