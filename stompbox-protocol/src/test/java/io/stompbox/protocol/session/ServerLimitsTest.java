package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one client may hold at most, and what happens at the borders. */
class ServerLimitsTest {
  private static final SubscriptionToken A = new SubscriptionToken.ById("a");

  private static ServerSession connected(ServerLimits limits) {
    ServerSession session = new ServerSession("s", ServerSessionOptions.defaults().with(limits), 0);
    session.receive(Frame.of(Command.CONNECT, "accept-version", "1.2", "host", "h"), 0);
    return session;
  }

  @Test
  void asManySubscriptionsAsAllowedCanBeMade() {
    ServerSession session = connected(new ServerLimits(2, 9, 9, 99));

    subscribe(session, "a");
    subscribe(session, "b");
    isTaken(session);
    subscribe(session, "c");
    isEnded(session);
  }

  @Test
  void asManyTransactionsAsAllowedCanBeOpen() {
    ServerSession session = connected(new ServerLimits(9, 2, 9, 99));

    begin(session, "t");
    begin(session, "u");
    isTaken(session);
    begin(session, "v");
    isEnded(session);
  }

  @Test
  void asManyFramesAsAllowedAreHeld() {
    ServerSession session = connected(new ServerLimits(9, 9, 2, 999));

    begin(session, "t");
    send(session, "");
    send(session, "");
    isTaken(session);
    send(session, "");
    isEnded(session);
  }

  @Test
  void asManyOctetsAsAllowedAreHeld() {
    int head = "destination/qtransactiont".length();
    ServerSession session = connected(new ServerLimits(9, 9, 9, 2 * head + 7));

    begin(session, "t");
    send(session, "123");
    send(session, "1234");
    isTaken(session);
    send(session, "");
    isEnded(session);
  }

  @Test
  void whatACommitHasFreedCanBeHeldAgain() {
    int head = "destination/qtransactiont".length();
    ServerSession session = connected(new ServerLimits(9, 1, 1, head + 3));
    for (int i = 0; i < 3; i++) {
      begin(session, "t");
      send(session, "123");
      session.receive(Frame.of(Command.COMMIT, "transaction", "t"), 0);
      isTaken(session);
    }
  }

  @Test
  void aMessageIsGivenBackIfItsSubscriptionIsAnotherOneByNow() {
    ServerSession session = connected(ServerLimits.defaults());
    subscribe(session, "a");
    session.message(A, "m1", Frame.of(Command.SEND, "destination", "/q"));
    begin(session, "t");
    session.receive(Frame.of(Command.ACK, "id", "s-1", "transaction", "t"), 0);
    session.receive(Frame.of(Command.UNSUBSCRIBE, "id", "a"), 0);
    subscribe(session, "a");
    session.message(A, "m2", Frame.of(Command.SEND, "destination", "/q"));

    List<ServerEvent> events = session.receive(Frame.of(Command.ABORT, "transaction", "t"), 0);

    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            ServerEvent.Aborted.class,
            aborted ->
                assertThat(aborted.released())
                    .extracting(ServerDelivery::messageId)
                    .containsExactly("m1"));
    assertThat(session.unacknowledged(A)).isEqualTo(1);
  }

  @Test
  void theEndLeavesNothing() {
    ServerSession session = connected(ServerLimits.defaults());
    subscribe(session, "a");
    session.message(A, "m1", Frame.of(Command.SEND, "destination", "/q"));

    session.lost();

    assertThat(session.unacknowledged(A)).isZero();
    assertThatThrownBy(() -> session.message(A, "m2", Frame.of(Command.SEND, "destination", "/q")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no subscription");
  }

  @Test
  void connectMayTakeAlmostForEver() {
    ServerSessionOptions options = ServerSessionOptions.defaults();

    assertThatCode(() -> options.connectWithin(Duration.ofNanos(Long.MAX_VALUE)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> options.connectWithin(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.connectWithin(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsMayBeZeroAndNotLess() {
    assertThat(new ServerLimits(0, 0, 0, 0).heldOctets()).isZero();
    List.<Runnable>of(
            () -> new ServerLimits(-1, 0, 0, 0),
            () -> new ServerLimits(0, -1, 0, 0),
            () -> new ServerLimits(0, 0, -1, 0),
            () -> new ServerLimits(0, 0, 0, -1))
        .forEach(
            made ->
                assertThatThrownBy(made::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1"));
  }

  private static void subscribe(ServerSession session, String id) {
    session.receive(
        Frame.of(Command.SUBSCRIBE, "id", id, "destination", "/q", "ack", "client-individual"), 0);
  }

  private static void begin(ServerSession session, String transaction) {
    session.receive(Frame.of(Command.BEGIN, "transaction", transaction), 0);
  }

  private static void send(ServerSession session, String body) {
    Frame send = Frame.of(Command.SEND, "destination", "/q", "transaction", "t");
    session.receive(send.with(Body.of(body)), 0);
  }

  private static void isTaken(ServerSession session) {
    assertThat(session.state()).isEqualTo(ServerSessionState.CONNECTED);
  }

  private static void isEnded(ServerSession session) {
    assertThat(session.state()).isEqualTo(ServerSessionState.ENDED);
  }
}
