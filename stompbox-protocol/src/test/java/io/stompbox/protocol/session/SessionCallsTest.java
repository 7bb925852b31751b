package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SessionOptions.Checking;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a session lets the program make a frame, and what it is. */
class SessionCallsTest {
  private static final FrameOptions NONE = FrameOptions.NONE;
  private static final SubscriptionToken A = new SubscriptionToken.ById("a");

  private static final Frame MESSAGE =
      Frame.of(
          Command.MESSAGE,
          "subscription",
          "a",
          "message-id",
          "m",
          "destination",
          "/queue/a",
          "ack",
          "k");

  static Stream<Arguments> calls() {
    ReceivedMessage message = new ReceivedMessage(MESSAGE, A, 0, 1);
    return Stream.of(
        call("SEND", session -> session.send("/queue/a", Body.empty(), NONE)),
        call("SUBSCRIBE", session -> session.subscribe("/queue/a", "a", "auto", NONE, "")),
        call("SUBSCRIBE", session -> session.subscribeWithoutId("/queue/a", "auto", NONE, "")),
        call("UNSUBSCRIBE", session -> session.unsubscribe(A, NONE)),
        call("ACK", session -> session.ack(message, NONE)),
        call("NACK", session -> session.nack(message, NONE)),
        call("BEGIN", session -> session.begin("t", NONE)),
        call("COMMIT", session -> session.commit("t", NONE)),
        call("ABORT", session -> session.abort("t", NONE)));
  }

  private static Arguments call(String command, Consumer<Session> call) {
    return Arguments.of(command, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void nothingIsMadeWithoutAConnection(String command, Consumer<Session> call) {
    Session session = new Session(SessionOptions.defaults());
    isRefused(session, command, call);
    session.connect("h", NONE);
    isRefused(session, command, call);
    session.receive(Frame.of(Command.CONNECTED, "version", "1.2"), 0);
    session.disconnect(NONE);
    isRefused(session, command, call);
  }

  private static void isRefused(Session session, String command, Consumer<Session> call) {
    assertThatThrownBy(() -> call.accept(session))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(command + " is not allowed while " + session.state());
  }

  @Test
  void disconnectNeedsAConnectionAndIsMadeOnce() {
    Session session = new Session(SessionOptions.defaults());
    isRefused(session, "DISCONNECT", any -> any.disconnect(NONE));
    session.connect("h", NONE);
    isRefused(session, "DISCONNECT", any -> any.disconnect(NONE));
    session.receive(Frame.of(Command.CONNECTED, "version", "1.2"), 0);

    assertThat(session.disconnect(NONE.withReceipt("r")))
        .contains(Frame.of(Command.DISCONNECT, "receipt", "r"));
    assertThat(session.disconnect(NONE)).isEmpty();
  }

  @Test
  void aSecondConnectIsRefused() {
    Session session = new Session(SessionOptions.defaults());
    assertThat(session.connect("h", NONE))
        .isEqualTo(Frame.of(Command.CONNECT, "accept-version", "1.0,1.1,1.2", "host", "h"));

    isRefused(session, "CONNECT", any -> any.connect("h", NONE));
    isRefused(session, "STOMP", any -> any.stomp("h", NONE));
  }

  @Test
  void eachCallReturnsItsFrame() {
    Session session = connected(Version.V1_2);
    assertThat(session.begin("t", NONE)).isEqualTo(Frame.of(Command.BEGIN, "transaction", "t"));
    assertThat(session.commit("t", NONE)).isEqualTo(Frame.of(Command.COMMIT, "transaction", "t"));
    session.begin("t", NONE);
    assertThat(session.abort("t", NONE)).isEqualTo(Frame.of(Command.ABORT, "transaction", "t"));
    session.subscribe("/queue/a", "a", "client-individual", NONE, "");
    ReceivedMessage first = receive(session);
    ReceivedMessage second = receive(session);
    assertThat(session.ack(first, NONE)).contains(Frame.of(Command.ACK, "id", "k"));
    assertThat(session.nack(second, NONE)).isEqualTo(Frame.of(Command.NACK, "id", "k"));
    assertThat(session.unsubscribe(A, NONE)).isEqualTo(Frame.of(Command.UNSUBSCRIBE, "id", "a"));
  }

  @Test
  void onlyStrictSessionsRefuseAnAckModeThat10DoesNotHave() {
    Session tolerant = connected(Version.V1_0);

    assertThat(tolerant.subscribe("/q", "a", "client-individual", NONE, "").ack())
        .isEqualTo("client-individual");
    assertThatThrownBy(
            () ->
                connected(Version.V1_0, Checking.STRICT)
                    .subscribe("/q", "a", "client-individual", NONE, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            connected(Version.V1_0, Checking.STRICT).subscribe("/q", "a", "client", NONE, "").ack())
        .isEqualTo("client");
    assertThat(
            connected(Version.V1_1, Checking.STRICT)
                .subscribe("/q", "a", "client-individual", NONE, "")
                .ack())
        .isEqualTo("client-individual");
  }

  @Test
  void in10TheDestinationHasToDoWhereAMessageNamesNoSubscription() {
    Session session = connected(Version.V1_0);
    session.subscribe("/queue/a", "a", "auto", NONE, "by id");
    session.subscribeWithoutId("/queue/b", "auto", NONE, "by destination");

    assertThat(contextOf(session, "destination", "/queue/a")).isEqualTo("by id");
    assertThat(contextOf(session, "destination", "/queue/b")).isEqualTo("by destination");
    assertThat(contextOf(session, "destination", "/queue/c")).isEqualTo("unrouted");
    assertThat(contextOf(session, "destination", "/queue/a", "subscription", "x"))
        .isEqualTo("unrouted");
    assertThat(contextOf(session, "destination", "/queue/c", "subscription", "a"))
        .isEqualTo("by id");
  }

  @Test
  void laterVersionsGoByTheSubscriptionAlone() {
    Session session = connected(Version.V1_1);
    session.subscribe("/queue/a", "a", "auto", NONE, "by id");

    assertThat(contextOf(session, "destination", "/queue/a")).isEqualTo("unrouted");
    assertThat(contextOf(session, "destination", "/queue/z", "subscription", "a"))
        .isEqualTo("by id");
  }

  private static Object contextOf(Session session, String... headers) {
    SessionEvent event = session.receive(Frame.of(Command.MESSAGE, headers), 0);
    return event instanceof SessionEvent.MessageReceived received ? received.context() : "unrouted";
  }

  private static ReceivedMessage receive(Session session) {
    return ((SessionEvent.MessageReceived) session.receive(MESSAGE, 0)).message();
  }

  private static Session connected(Version version) {
    return connected(version, Checking.TOLERANT);
  }

  private static Session connected(Version version, Checking checking) {
    Session session = new Session(SessionOptions.defaults().with(Set.of(version)).with(checking));
    session.connect("h", NONE);
    session.receive(Frame.of(Command.CONNECTED, "version", version.text()), 0);
    return session;
  }
}
