package io.stompbox.protocol.session;

import static io.stompbox.protocol.frame.Command.ABORT;
import static io.stompbox.protocol.frame.Command.ACK;
import static io.stompbox.protocol.frame.Command.BEGIN;
import static io.stompbox.protocol.frame.Command.COMMIT;
import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.DISCONNECT;
import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.NACK;
import static io.stompbox.protocol.frame.Command.RECEIPT;
import static io.stompbox.protocol.frame.Command.SEND;
import static io.stompbox.protocol.frame.Command.STOMP;
import static io.stompbox.protocol.frame.Command.SUBSCRIBE;
import static io.stompbox.protocol.frame.Command.UNSUBSCRIBE;
import static io.stompbox.protocol.session.SessionState.CONNECTED;
import static io.stompbox.protocol.session.SessionState.CONNECTING;
import static io.stompbox.protocol.session.SessionState.DISCONNECTED;
import static io.stompbox.protocol.session.SessionState.DISCONNECTING;

import io.stompbox.protocol.frame.Command;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which frame is allowed in which state of a client's session, and where it leads. */
final class SessionTable {
  private static final Map<SessionState, Map<Command, SessionState>> TRANSITIONS =
      new EnumMap<>(SessionState.class);

  static {
    in(DISCONNECTED).on(CONNECTING, CONNECT, STOMP);
    in(CONNECTING).on(CONNECTED, Command.CONNECTED).on(DISCONNECTED, ERROR);
    in(CONNECTED)
        .on(CONNECTED, SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, COMMIT, ABORT)
        .on(CONNECTED, MESSAGE, RECEIPT)
        .on(DISCONNECTING, DISCONNECT)
        .on(DISCONNECTED, ERROR);
    in(DISCONNECTING).on(DISCONNECTING, MESSAGE, RECEIPT, DISCONNECT).on(DISCONNECTED, ERROR);
  }

  private SessionTable() {}

  private static Row in(SessionState state) {
    return new Row(TRANSITIONS.computeIfAbsent(state, any -> new LinkedHashMap<>()));
  }

  private record Row(Map<Command, SessionState> transitions) {
    Row on(SessionState next, Command... commands) {
      for (Command command : commands) {
        transitions.put(command, next);
      }
      return this;
    }
  }

  /** Returns where a frame of this command leads; empty if it is not allowed. */
  static Optional<SessionState> next(SessionState state, Command command) {
    return Optional.ofNullable(TRANSITIONS.getOrDefault(state, Map.of()).get(command));
  }

  /** Returns what is allowed in a state, in the order of the table. */
  static Set<Command> allowed(SessionState state) {
    return TRANSITIONS.getOrDefault(state, Map.of()).keySet();
  }
}
