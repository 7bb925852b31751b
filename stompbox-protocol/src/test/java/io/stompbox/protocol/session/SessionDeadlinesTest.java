package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines of a session on clocks that start anywhere, since nobody says where they start. */
class SessionDeadlinesTest {
  private static final int MOST_OVERDUE = 10_000;

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000, -1_000, Long.MAX_VALUE - 3, Long.MIN_VALUE})
  void theAnswerToConnectIsOverdueAtItsDeadline(long start) {
    Session session = new Session(SessionOptions.defaults());
    session.connect("h", FrameOptions.NONE.answerBy(start + 10));

    assertThat(session.nanosUntilDue(start)).isEqualTo(10);
    assertThat(session.due(start + 9)).isEmpty();
    assertThat(session.nanosUntilDue(start + 9)).isEqualTo(1);
    assertThat(session.nanosUntilDue(start + 15)).isZero();
    assertThat(session.due(start + 10)).containsExactly(new SessionEvent.ConnectOverdue());
    assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
    assertThat(session.nanosUntilDue(start + 10)).isEqualTo(HeartBeatMonitor.NEVER);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000, -1_000, Long.MAX_VALUE - 3, Long.MIN_VALUE})
  void aReceiptIsOverdueAtItsDeadlineAndLateAfterIt(long start) {
    Session session = connected(SessionOptions.defaults(), start);
    send(session, "late", start + 10);
    send(session, "later", start + 20);

    assertThat(session.nanosUntilDue(start + 4)).isEqualTo(6);
    assertThat(session.due(start + 9)).isEmpty();
    assertThat(session.due(start + 10))
        .containsExactly(new SessionEvent.ReceiptOverdue("late", Command.SEND));
    assertThat(session.nanosUntilDue(start + 10)).isEqualTo(10);
    assertThat(receipt(session, "late")).isEqualTo(new SessionEvent.LateReceipt("late"));
    assertThat(receipt(session, "late")).isEqualTo(new SessionEvent.UnexpectedReceipt("late"));
    assertThat(receipt(session, "later")).isEqualTo(new SessionEvent.ReceiptReceived("later"));
  }

  @Test
  void ofThoseThatNeverComeTheOldestAreForgotten() {
    Session session = connected(SessionOptions.defaults(), 0);
    for (int i = 0; i <= MOST_OVERDUE; i++) {
      send(session, "r" + i, 1);
    }

    assertThat(session.due(1)).hasSize(MOST_OVERDUE + 1);
    assertThat(receipt(session, "r0")).isEqualTo(new SessionEvent.UnexpectedReceipt("r0"));
    assertThat(receipt(session, "r1")).isEqualTo(new SessionEvent.LateReceipt("r1"));
    String last = "r" + MOST_OVERDUE;
    assertThat(receipt(session, last)).isEqualTo(new SessionEvent.LateReceipt(last));
  }

  @Test
  void theEndThatIsOverdueIsToldOnceThoughTheServerIsSilentToo() {
    Session session = connected(SessionOptions.defaults().with(new HeartBeat(0, 10)), 0);
    session.disconnect(FrameOptions.NONE.withReceipt("bye").answerBy(1L));

    assertThat(session.due(Long.MAX_VALUE / 2))
        .containsExactly(
            new SessionEvent.Disconnected(false, new Unfinished(List.of(), List.of(), List.of())));
  }

  @Test
  void whatIsOverdueOnOneConnectionIsNothingToTheNext() {
    Session session = connected(SessionOptions.defaults(), 0);
    send(session, "r", 1);
    session.due(1);
    session.ended(ConnectionEnd.SILENT);
    connect(session, 2);

    assertThat(receipt(session, "r")).isEqualTo(new SessionEvent.UnexpectedReceipt("r"));
  }

  @Test
  void octetsThatComeAreASignOfLife() {
    SessionOptions options = SessionOptions.defaults().with(new HeartBeat(0, 10));
    Session session = connected(options, 0);
    long allowed = session.nanosUntilDue(0);

    session.onHeard(5);

    assertThat(session.nanosUntilDue(5)).isEqualTo(allowed);
    assertThat(session.due(allowed)).isEmpty();
    assertThat(session.due(allowed + 5)).hasOnlyElementsOfType(SessionEvent.ConnectionLost.class);
  }

  @Test
  void whatIsClosedForGoodLeavesNoSubscriptions() {
    Session session = connected(SessionOptions.defaults(), 0);
    session.subscribe("/queue/a", "a", "auto", FrameOptions.NONE, "");

    session.close();
    connect(session, 0);

    assertThat(session.replay()).isEmpty();
    assertThat(session.subscribe("/queue/a", "a", "auto", FrameOptions.NONE, "").token())
        .isEqualTo(new SubscriptionToken.ById("a"));
  }

  private static Session connected(SessionOptions options, long now) {
    Session session = new Session(options);
    connect(session, now);
    return session;
  }

  private static void connect(Session session, long now) {
    session.connect("h", FrameOptions.NONE);
    SessionEvent event =
        session.receive(Frame.of(Command.CONNECTED, "version", "1.2", "heart-beat", "10,0"), now);
    assertThat(event)
        .isInstanceOfSatisfying(
            SessionEvent.Connected.class,
            connected -> assertThat(session.agreement()).contains(connected.agreement()));
  }

  private static void send(Session session, String receipt, long answerBy) {
    FrameOptions with = FrameOptions.NONE.withReceipt(receipt).answerBy(answerBy);
    session.send("/queue/a", Body.empty(), with);
  }

  private static SessionEvent receipt(Session session, String id) {
    return session.receive(Frame.of(Command.RECEIPT, "receipt-id", id), 0);
  }

  @Test
  void aReceiptWithoutADeadlineIsNeverOverdue() {
    Session session = connected(SessionOptions.defaults(), 0);
    session.send("/queue/a", Body.empty(), FrameOptions.NONE.withReceipt("r"));

    assertThat(session.nanosUntilDue(0)).isEqualTo(HeartBeatMonitor.NEVER);
    assertThat(session.due(Long.MAX_VALUE)).isEqualTo(List.of());
    assertThat(session.outstandingReceipts()).containsExactly("r");
  }
}
