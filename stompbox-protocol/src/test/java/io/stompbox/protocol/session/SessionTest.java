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
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SessionOptions.Checking;
import java.util.EnumSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
  private static final FrameOptions NONE = FrameOptions.NONE;
  private static final Unfinished NOTHING = new Unfinished(List.of(), List.of(), List.of());

  @Test
  void eachStateAllowsWhatTheTableSaysAndRefusesTheRestWithoutChange() {
    assertThat(SessionTable.allowed(SessionState.DISCONNECTED))
        .containsExactly(Command.CONNECT, Command.STOMP);
    assertThat(SessionTable.allowed(SessionState.CONNECTING)).containsExactly(CONNECTED, ERROR);
    assertThat(SessionTable.allowed(SessionState.DISCONNECTING))
        .containsExactly(MESSAGE, RECEIPT, Command.DISCONNECT, ERROR);
    Session session = new Session(SessionOptions.defaults());

    assertThatThrownBy(() -> send(session, NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SEND is not allowed while DISCONNECTED; allowed are [CONNECT, STOMP]");
    assertThatThrownBy(() -> session.receive(Frame.of(RECEIPT, "receipt-id", "r"), 0))
        .isInstanceOf(ProtocolException.class);
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
  }

  @Test
  void disconnectEndsSendingButNotReceiving() {
    Session session = connected("1.2");
    Subscribed subscribed = session.subscribe("/queue/a", "s", "client", NONE, "context");
    session.disconnect(NONE.withReceipt("bye"));

    assertThatThrownBy(() -> send(session, NONE)).isInstanceOf(IllegalStateException.class);
    assertThat(receive(session, message("s", "m1")))
        .isInstanceOf(SessionEvent.MessageReceived.class);
    assertThat(receive(session, receipt("bye")))
        .isEqualTo(new SessionEvent.Disconnected(true, NOTHING));
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTING);
    assertThat(subscribed.context()).isEqualTo("context");
  }

  @Test
  void aReceiptCanBeAwaitedOnceAtATime() {
    Session session = connected("1.2");
    send(session, NONE.withReceipt("r1"));

    assertRefused(Reason.DUPLICATE_RECEIPT, () -> send(session, NONE.withReceipt("r1")));
    assertThat(receive(session, receipt("r1"))).isEqualTo(new SessionEvent.ReceiptReceived("r1"));
    assertThat(receive(session, receipt("r1"))).isEqualTo(new SessionEvent.UnexpectedReceipt("r1"));
    send(session, NONE.withReceipt("r1"));
    assertThat(session.outstandingReceipts()).containsExactly("r1");
  }

  @Test
  void receiptsDoNotSurviveTheirConnection() {
    Session session = connected("1.2");
    send(session, NONE.withReceipt("r"));
    session.closeKeepingSubscriptions();
    connect(session, "1.2");

    assertThat(receive(session, receipt("r"))).isEqualTo(new SessionEvent.UnexpectedReceipt("r"));
  }

  @Test
  void transactionsAreBegunOnceAndEndedOnce() {
    Session session = connected("1.2");
    session.begin("t", NONE);

    assertRefused(Reason.DUPLICATE_ID, () -> session.begin("t", NONE));
    assertRefused(Reason.UNKNOWN_TRANSACTION, () -> session.commit("x", NONE));
    assertThat(send(session, NONE.inTransaction("t")).header("transaction")).isEqualTo("t");
    session.commit("t", NONE);
    assertRefused(Reason.UNKNOWN_TRANSACTION, () -> session.abort("t", NONE));
    assertRefused(Reason.UNKNOWN_TRANSACTION, () -> send(session, NONE.inTransaction("t")));
  }

  @Test
  void aRefusedFrameChangesNothing() {
    Session session = connected("1.2");
    session.begin("t", NONE.withReceipt("r"));

    assertRefused(Reason.DUPLICATE_RECEIPT, () -> session.begin("u", NONE.withReceipt("r")));
    assertRefused(Reason.UNKNOWN_TRANSACTION, () -> session.commit("u", NONE));
    assertThat(session.openTransactions()).containsExactly("t");
  }

  @Test
  void oneDotZeroRoutesByIdAndByDestination() {
    Session session = connected("1.0");
    Subscribed plain = session.subscribeWithoutId("/q", "auto", NONE, "plain");
    Subscribed named = session.subscribe("/q", "a", "auto", NONE, "named");

    assertRefused(
        Reason.DUPLICATE_ID, () -> session.subscribeWithoutId("/q", "auto", NONE, "again"));
    assertThat(routed(session, Frame.of(MESSAGE, "destination", "/q", "message-id", "1")))
        .isEqualTo(plain.token());
    assertThat(routed(session, message("a", "2"))).isEqualTo(named.token());
    assertThat(receive(session, Frame.of(MESSAGE, "destination", "/x", "message-id", "3")))
        .isInstanceOf(SessionEvent.UnroutedMessage.class);
  }

  @Test
  void aSubscriptionIsEndedOnce() {
    Session session = connected("1.2");
    Subscribed subscribed = session.subscribe("/q", "s:1", "auto", NONE, "");

    assertThat(session.unsubscribe(subscribed.token(), NONE).header("id")).isEqualTo("s:1");
    assertRefused(Reason.UNKNOWN_SUBSCRIPTION, () -> session.unsubscribe(subscribed.token(), NONE));
  }

  @Test
  void aSubscriptionWithoutIdIsEndedByItsDestinationAndThereIsNoneAfter10() {
    Session session = connected("1.0");
    Subscribed plain = session.subscribeWithoutId("/q", "auto", NONE, "");

    assertThat(session.unsubscribe(plain.token(), NONE))
        .isEqualTo(Frame.of(Command.UNSUBSCRIBE, "destination", "/q"));
    assertRefused(
        Reason.MISSING_HEADER, () -> connected("1.1").subscribeWithoutId("/q", "auto", NONE, ""));
  }

  @Test
  void subscriptionsAreReplayedOnceInTheirOrderAsTheyWereMade() {
    Session session = connected("1.2");
    session.subscribe(
        "/a", "1", "client", NONE.withReceipt("r1").withHeader("x", "y"), "context 1");
    Subscribed second = session.subscribe("/b", "2", "auto", NONE, "");
    session.subscribe("/c", "3", "auto", NONE, "");
    session.unsubscribe(second.token(), NONE);
    session.subscribe("/b2", "2", "auto", NONE, "");
    session.closeKeepingSubscriptions();

    List<Subscribed> replay = session.replay();
    assertThat(replay).extracting(Subscribed::destination).containsExactly("/a", "/c", "/b2");
    assertThat(replay.get(0).context()).isEqualTo("context 1");
    assertThat(replay.get(0).frame().headers())
        .isEqualTo(
            Headers.of("id", "1", "destination", "/a", "ack", "client", "receipt", "r1", "x", "y"));
    assertThat(session.replay()).isEmpty();
  }

  @Test
  void aSubscriptionIsReplayedWithoutItsTransactionWhichHasEnded() {
    Session session = connected("1.2");
    session.begin("t", NONE);
    session.subscribe("/a", "1", "auto", NONE.inTransaction("t"), "");
    session.closeKeepingSubscriptions();
    connect(session, "1.2");

    assertThat(session.subscribe(session.replay().get(0)).frame())
        .isEqualTo(Frame.of(Command.SUBSCRIBE, "id", "1", "destination", "/a", "ack", "auto"));
  }

  @Test
  void whatGoesByItsDestinationGetsNoIdAsAFreeHeader() {
    Session session = connected("1.0");
    FrameOptions with = NONE.withHeader("id", "1");
    assertRefused(Reason.RESERVED_HEADER, () -> session.subscribeWithoutId("/a", "auto", with, ""));
    Subscribed plain = session.subscribeWithoutId("/a", "auto", NONE, "");

    assertRefused(Reason.RESERVED_HEADER, () -> session.unsubscribe(plain.token(), with));
  }

  @Test
  void closingForgetsTheSubscriptions() {
    Session session = connected("1.2");
    session.subscribe("/a", "1", "auto", NONE, "");
    session.close();

    assertThat(session.replay()).isEmpty();
  }

  @Test
  void theNegotiatedVersionLastsAsLongAsTheConnection() {
    Session session = new Session(SessionOptions.defaults());
    assertThat(session.version()).isEqualTo(Version.V1_2);
    connect(session, "1.1");
    assertThat(session.version()).isEqualTo(Version.V1_1);
    session.close();

    assertThat(session.version()).isEqualTo(Version.V1_2);
  }

  @Test
  void aVersionThatWasNotOfferedEndsTheConnection() {
    Session session = new Session(SessionOptions.defaults().with(EnumSet.of(Version.V1_2)));
    session.connect("/", NONE);

    assertThatThrownBy(() -> receive(session, Frame.of(CONNECTED)))
        .isInstanceOf(ProtocolException.class);
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
  }

  @Test
  void individualAcknowledgementsLeaveOthersPendingAndCumulativeOnesDoNot() {
    Session session = connected("1.1");
    SubscriptionToken one = session.subscribe("/q", "i", "client-individual", NONE, "").token();
    SubscriptionToken all = session.subscribe("/q", "c", "client", NONE, "").token();
    for (String id : List.of("1", "2", "3")) {
      receive(session, message("i", id));
      receive(session, message("c", id));
    }
    ReceivedMessage individual = received(session, message("i", "4"));
    ReceivedMessage cumulative = received(session, message("c", "4"));

    assertThat(session.ack(individual, NONE))
        .contains(Frame.of(Command.ACK, "message-id", "4", "subscription", "i"));
    assertThat(session.unacknowledged(one)).isEqualTo(3);
    session.nack(cumulative, NONE);
    assertThat(session.unacknowledged(all)).isZero();
    assertRefused(Reason.ALREADY_ACKNOWLEDGED, () -> session.ack(individual, NONE));
  }

  @Test
  void anAutoSubscriptionNeedsNoAckAndHasNoNack() {
    Session session = connected("1.2");
    session.subscribe("/q", "s", "auto", NONE, "");
    ReceivedMessage message = received(session, message("s", "1"));

    assertThat(session.ack(message, NONE)).isEmpty();
    assertRefused(Reason.NACK_ON_AUTO, () -> session.nack(message, NONE));
  }

  @Test
  void aMessageOfAnEarlierConnectionCannotBeAcknowledged() {
    Session session = connected("1.2");
    session.subscribe("/q", "s", "client", NONE, "");
    ReceivedMessage old = received(session, message("s", "1"));
    session.closeKeepingSubscriptions();
    connect(session, "1.2");
    session.subscribe("/q", "s", "client", NONE, "");

    assertRefused(Reason.STALE_MESSAGE, () -> session.ack(old, NONE));
  }

  @Test
  void anErrorEndsTheConnectionAndNamesEverythingThatIsOutstanding() {
    Session session = connected("1.2");
    session.subscribe("/q", "s", "auto", NONE.withReceipt("r1"), "");
    send(session, NONE.withReceipt("r2"));
    Frame error = Frame.of(ERROR, "receipt-id", "r2", "message", "no");

    assertThat(receive(session, error))
        .isEqualTo(
            new SessionEvent.ErrorReceived(
                ServerError.of(error), new Unfinished(List.of("r2"), List.of("r1"), List.of())));
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
    assertThat(session.replay()).hasSize(1);
  }

  @Test
  void unknownCommandsAreReportedAndStrictSessionsRefuseThem() {
    Frame odd = Frame.of(Command.of("WHATEVER"));
    assertThat(receive(connected("1.2"), odd)).isEqualTo(new SessionEvent.UnknownFrame(odd));

    Session strict = new Session(SessionOptions.defaults().with(Checking.STRICT));
    connect(strict, "1.2");
    assertThatThrownBy(() -> receive(strict, odd)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> receive(strict, receipt("never asked for")))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void withoutCheckingEverythingGoesButUnknownSubscriptionsStayUnknown() {
    Session session = new Session(SessionOptions.defaults().with(Checking.OFF));

    assertThat(send(session, NONE).command()).isEqualTo(Command.SEND);
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
    assertRefused(
        Reason.UNKNOWN_SUBSCRIPTION,
        () -> session.unsubscribe(new SubscriptionToken.ById("x"), NONE));
  }

  @Test
  void heartBeatsAreNegotiatedAndEndWithTheConnection() {
    long milli = 1_000_000;
    Session session = new Session(SessionOptions.defaults().with(new HeartBeat(1000, 2000)));
    session.connect("/", NONE);
    session.receive(Frame.of(CONNECTED, "version", "1.2", "heart-beat", "300,5000"), 0);

    assertThat(session.agreement().orElseThrow().heartBeat()).isEqualTo(new HeartBeat(5000, 2000));
    assertThat(session.nanosUntilDue(0)).isEqualTo(2500 * milli);
    assertThat(session.due(2500 * milli)).containsExactly(new SessionEvent.HeartBeatDue());
    session.onSent(2500 * milli);
    assertThat(session.due(2600 * milli)).isEmpty();
    assertThat(session.due(5000 * milli))
        .containsExactly(new SessionEvent.ConnectionLost(ConnectionEnd.SILENT, NOTHING));
    session.close();
    assertThat(session.nanosUntilDue(5000 * milli)).isEqualTo(HeartBeatMonitor.NEVER);
  }

  @ParameterizedTest
  @CsvSource({"destination, /elsewhere", "receipt, r", "transaction, t", "id, 1"})
  void headersThatHaveTheirOwnParameterAreRefusedAmongTheFreeOnes(String name, String value) {
    Session session = connected("1.2");
    FrameOptions with = NONE.withHeader(name, value);

    assertRefused(
        Reason.RESERVED_HEADER, () -> session.subscribe("/queue/a", "s", "auto", with, ""));
    assertThat(session.outstandingReceipts()).isEmpty();
    session.subscribe("/queue/a", "s", "auto", NONE, "");
  }

  @Test
  void freeHeadersMayRepeatAndMayRepeatWhatAParameterSays() {
    FrameOptions with =
        NONE.withReceipt("r")
            .withHeader("receipt", "r")
            .withHeader("destination", "/queue/a")
            .withHeader("k", "1")
            .withHeader("k", "2");

    assertThat(send(connected("1.2"), with).headers())
        .isEqualTo(Headers.of("destination", "/queue/a", "receipt", "r", "k", "1", "k", "2"));
  }

  @Test
  void newIdsDiffer() {
    Session session = new Session(SessionOptions.defaults());

    assertThat(List.of(session.newId("t-"), session.newId("t-"), session.newId("r-")))
        .doesNotHaveDuplicates();
  }

  private static Session connected(String version) {
    Session session = new Session(SessionOptions.defaults());
    connect(session, version);
    return session;
  }

  private static void connect(Session session, String version) {
    session.connect("/", NONE);
    receive(session, Frame.of(CONNECTED, "version", version));
  }

  private static SessionEvent receive(Session session, Frame frame) {
    return session.receive(frame, 0);
  }

  private static ReceivedMessage received(Session session, Frame frame) {
    return ((SessionEvent.MessageReceived) receive(session, frame)).message();
  }

  private static SubscriptionToken routed(Session session, Frame frame) {
    return received(session, frame).token();
  }

  private static Frame send(Session session, FrameOptions with) {
    return session.send("/queue/a", Body.of("x"), with);
  }

  private static Frame receipt(String id) {
    return Frame.of(RECEIPT, "receipt-id", id);
  }

  private static Frame message(String subscription, String id) {
    return Frame.of(
        MESSAGE, "subscription", subscription, "destination", "/q", "message-id", id, "ack", id);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            IllegalFrameException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
