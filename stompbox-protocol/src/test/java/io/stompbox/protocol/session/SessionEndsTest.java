package io.stompbox.protocol.session;

import static io.stompbox.protocol.frame.Command.CONNECTED;
import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SessionEvent.ConnectOverdue;
import io.stompbox.protocol.session.SessionEvent.ConnectRefused;
import io.stompbox.protocol.session.SessionEvent.ConnectionLost;
import io.stompbox.protocol.session.SessionEvent.Disconnected;
import io.stompbox.protocol.session.SessionEvent.ErrorReceived;
import io.stompbox.protocol.session.SessionEvent.LateReceipt;
import io.stompbox.protocol.session.SessionEvent.MessageReceived;
import io.stompbox.protocol.session.SessionEvent.ReceiptOverdue;
import io.stompbox.protocol.session.SessionEvent.UnexpectedReceipt;
import io.stompbox.protocol.session.SessionOptions.Checking;
import java.util.EnumSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session says when answers are late, when something is refused, and when it is over. */
class SessionEndsTest {
  private static final FrameOptions NONE = FrameOptions.NONE;
  private static final Unfinished NOTHING = new Unfinished(List.of(), List.of(), List.of());

  private final Session session = new Session(SessionOptions.defaults());

  @Test
  void aReceiptThatIsOverdueIsGivenUpAndToldApartFromOneThatNobodyAskedFor() {
    connect();
    send(NONE.withReceipt("r").answerBy(100L));

    assertThat(session.nanosUntilDue(40)).isEqualTo(60);
    assertThat(session.due(99)).isEmpty();
    assertThat(session.due(100)).containsExactly(new ReceiptOverdue("r", Command.SEND));
    assertThat(session.outstandingReceipts()).isEmpty();
    assertRefused(Reason.DUPLICATE_RECEIPT, () -> send(NONE.withReceipt("r")));
    assertThat(receipt("r")).isEqualTo(new LateReceipt("r"));
    assertThat(receipt("r")).isEqualTo(new UnexpectedReceipt("r"));
  }

  @Test
  void deadlinesHoldWhenTheClockWraps() {
    connect();
    send(NONE.withReceipt("r").answerBy(Long.MIN_VALUE + 5));

    assertThat(session.due(Long.MAX_VALUE)).isEmpty();
    assertThat(session.nanosUntilDue(Long.MAX_VALUE)).isEqualTo(6);
    assertThat(session.due(Long.MIN_VALUE + 5)).hasSize(1);
  }

  @Test
  void connectThatIsNotAnsweredInTimeEndsTheConnection() {
    session.connect("/", NONE.answerBy(100L));

    assertThat(session.nanosUntilDue(0)).isEqualTo(100);
    assertThat(session.due(100)).containsExactly(new ConnectOverdue());
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
  }

  @Test
  void anErrorInsteadOfConnectedIsARefusal() {
    session.connect("/", NONE);
    Frame error = Frame.of(ERROR, "message", "Bad CONNECT");

    assertThat(session.receive(error, 0)).isEqualTo(new ConnectRefused(ServerError.of(error)));
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
  }

  @Test
  void anErrorWithoutReceiptIsAboutEverythingThatIsPending() {
    connect();
    send(NONE.withReceipt("r1"));
    session.begin("t", NONE.withReceipt("r2"));

    ErrorReceived event = (ErrorReceived) session.receive(Frame.of(ERROR, "message", "no"), 0);
    assertThat(event.unfinished())
        .isEqualTo(new Unfinished(List.of("r1", "r2"), List.of(), List.of("t")));
  }

  @Test
  void anErrorAboutSomethingElseLeavesWhatIsPendingLost() {
    connect();
    send(NONE.withReceipt("r1"));

    ErrorReceived event = (ErrorReceived) session.receive(Frame.of(ERROR, "receipt", "other"), 0);
    assertThat(event.error().receipt()).contains("other");
    assertThat(event.unfinished()).isEqualTo(new Unfinished(List.of(), List.of("r1"), List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPendingIsLostWhenTheConnectionEnds(ConnectionEnd how) {
    connect();
    send(NONE.withReceipt("r1"));
    session.begin("t", NONE);

    assertThat(session.ended(how))
        .isEqualTo(new ConnectionLost(how, new Unfinished(List.of(), List.of("r1"), List.of("t"))));
    connect();
    assertRefused(Reason.UNKNOWN_TRANSACTION, () -> session.commit("t", NONE));
  }

  @Test
  void disconnectIsConfirmedByItsReceipt() {
    connect();
    session.disconnect(NONE.withReceipt("bye"));

    assertThat(receipt("bye")).isEqualTo(new Disconnected(true, NOTHING));
    assertThat(session.ended(ConnectionEnd.CLOSED)).isEqualTo(new Disconnected(true, NOTHING));
  }

  @Test
  void disconnectWithoutItsReceiptIsUnconfirmedButNoLoss() {
    connect();
    send(NONE.withReceipt("r"));
    session.disconnect(NONE.withReceipt("bye"));

    assertThat(session.ended(ConnectionEnd.CUT))
        .isEqualTo(new Disconnected(false, new Unfinished(List.of(), List.of("r"), List.of())));
  }

  @Test
  void disconnectThatIsNotAnsweredInTimeIsOver() {
    connect();
    session.disconnect(NONE.withReceipt("bye").answerBy(100L));

    assertThat(session.due(100)).containsExactly(new Disconnected(false, NOTHING));
  }

  @Test
  void disconnectIsWrittenOnce() {
    connect();

    assertThat(session.disconnect(NONE.withReceipt("bye"))).isPresent();
    assertThat(session.disconnect(NONE.withReceipt("again"))).isEmpty();
    assertThatThrownBy(() -> send(NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "SEND is not allowed while DISCONNECTING; allowed are [MESSAGE, RECEIPT, DISCONNECT,"
                + " ERROR]");
  }

  @Test
  void whatWasAcknowledgedInATransactionIsOpenAgainWhenItIsAborted() {
    connect();
    SubscriptionToken token = session.subscribe("/q", "s", "client", NONE, "").token();
    ReceivedMessage first = message("1");
    ReceivedMessage second = message("2");
    session.begin("t", NONE);
    session.ack(second, NONE.inTransaction("t"));
    assertThat(session.unacknowledged(token)).isZero();
    session.abort("t", NONE);

    assertThat(session.unacknowledged(token)).isEqualTo(2);
    session.begin("t", NONE);
    session.ack(first, NONE.inTransaction("t"));
    session.commit("t", NONE);
    assertThat(session.unacknowledged(token)).isEqualTo(1);
  }

  @Test
  void subscriptionsThatWereNotReplayedAreNotForgottenByTheNextLoss() {
    connect();
    session.subscribe("/a", "a", "client", NONE.withHeader("x", "y").answerBy(1L), "context");
    session.subscribe("/b", "b", "auto", NONE, "");
    session.ended(ConnectionEnd.CUT);
    connect();
    session.ended(ConnectionEnd.CUT);
    connect();

    List<Subscribed> again = session.replay().stream().map(session::subscribe).toList();
    assertThat(again).extracting(Subscribed::destination).containsExactly("/a", "/b");
    assertThat(again.get(0).context()).isEqualTo("context");
    assertThat(again.get(0).frame())
        .isEqualTo(
            Frame.of(Command.SUBSCRIBE, "id", "a", "destination", "/a", "ack", "client", "x", "y"));
  }

  @Test
  void stompOffersNoVersionThatItsServersCanNotHave() {
    Frame frame = session.stomp("/", NONE);

    assertThat(frame).isEqualTo(Frame.of(Command.STOMP, "accept-version", "1.1,1.2", "host", "/"));
    assertThatThrownBy(() -> session.receive(Frame.of(CONNECTED), 0))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("offered were [1.1, 1.2]");
  }

  @Test
  void connectRefusesAReceiptAndASecondConnection() {
    assertRefused(Reason.RECEIPT_ON_CONNECT, () -> session.connect("/", NONE.withReceipt("r")));
    connect();
    assertThatThrownBy(() -> session.connect("/", NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("CONNECT is not allowed while CONNECTED");
  }

  @Test
  void strictSessionsRefuseWhatAVersionDoesNotHave() {
    Session strict =
        new Session(SessionOptions.defaults().with(Checking.STRICT).with(EnumSet.of(Version.V1_0)));
    strict.connect("/", NONE);
    strict.receive(Frame.of(CONNECTED), 0);

    assertRefused(
        Reason.BAD_ACK_MODE, () -> strict.subscribe("/q", "s", "client-individual", NONE, ""));
    assertThatThrownBy(() -> strict.receive(Frame.of(MESSAGE, "destination", "/q"), 0))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("STOMP 1.0 requires the header 'message-id' of MESSAGE");
  }

  @Test
  void generatedIdsKeepAwayFromThoseOfTheProgram() {
    connect();
    send(NONE.withReceipt("r1"));
    session.begin("r2", NONE);
    session.subscribe("/q", "r3", "auto", NONE, "");

    assertThat(session.newId("r")).isEqualTo("r4");
  }

  @Test
  void aFrameThatCanNotBeWrittenLeavesNoTrace() {
    assertRefused(Reason.UNENCODABLE, () -> session.connect("/", NONE.withHeader("login", "a\nb")));
    connect();
    FrameOptions with = NONE.withReceipt("r");

    assertRefused(Reason.UNENCODABLE, () -> send(with.withHeader("k", "\ud800")));
    assertRefused(Reason.BAD_CONTENT_LENGTH, () -> send(with.withHeader("content-length", "9")));
    send(with.withHeader("content-length", "1"));
    assertThat(session.outstandingReceipts()).containsExactly("r");
  }

  private void connect() {
    session.connect("/", NONE);
    session.receive(Frame.of(CONNECTED, "version", "1.2"), 0);
  }

  private void send(FrameOptions with) {
    session.send("/queue/a", Body.of("x"), with);
  }

  private SessionEvent receipt(String id) {
    return session.receive(Frame.of(RECEIPT, "receipt-id", id), 0);
  }

  private ReceivedMessage message(String id) {
    Frame frame = Frame.of(MESSAGE, "subscription", "s", "message-id", id, "ack", id);
    return ((MessageReceived) session.receive(frame, 0)).message();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            IllegalFrameException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
