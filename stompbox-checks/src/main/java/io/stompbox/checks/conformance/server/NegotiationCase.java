package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.ServerEvent;
import io.stompbox.protocol.session.ServerSession;
import io.stompbox.protocol.session.ServerSessionOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What version a server chooses.
 *
 * @param offered accept-version of CONNECT; empty if it has none
 * @param spoken what the server speaks
 * @param expected as {@link #seen} says it
 */
record NegotiationCase(Optional<String> offered, Set<Version> spoken, String expected)
    implements Case {
  static final String REFUSED = "ERROR, and the connection is closed";

  @Override
  public List<Run> runs() {
    return Stream.of(Command.CONNECT, Command.STOMP)
        .map(command -> Run.compare(command.name(), expected, seen(command)))
        .toList();
  }

  private String seen(Command command) {
    Frame connect = Frame.of(command, "host", "/");
    Frame offer = offered.map(list -> connect.with("accept-version", list)).orElse(connect);
    ServerSession session = new ServerSession("s", ServerSessionOptions.defaults().with(spoken), 0);
    List<ServerEvent> events = session.receive(offer, 0);
    Optional<Frame> reply =
        events.stream()
            .filter(ServerEvent.Reply.class::isInstance)
            .map(event -> ((ServerEvent.Reply) event).frame())
            .findFirst();
    boolean closed = events.contains(new ServerEvent.Ended(ServerEvent.Cause.ERROR));
    if (closed && reply.filter(frame -> frame.command().equals(Command.ERROR)).isPresent()) {
      return REFUSED;
    }
    return reply.flatMap(frame -> frame.headers().value("version")).orElse("no version");
  }
}
