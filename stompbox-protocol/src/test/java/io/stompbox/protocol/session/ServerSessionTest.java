package io.stompbox.protocol.session;

import static io.stompbox.protocol.frame.Command.ABORT;
import static io.stompbox.protocol.frame.Command.ACK;
import static io.stompbox.protocol.frame.Command.BEGIN;
import static io.stompbox.protocol.frame.Command.COMMIT;
import static io.stompbox.protocol.frame.Command.CONNECT;
import static io.stompbox.protocol.frame.Command.CONNECTED;
import static io.stompbox.protocol.frame.Command.DISCONNECT;
import static io.stompbox.protocol.frame.Command.ERROR;
import static io.stompbox.protocol.frame.Command.MESSAGE;
import static io.stompbox.protocol.frame.Command.NACK;
import static io.stompbox.protocol.frame.Command.RECEIPT;
import static io.stompbox.protocol.frame.Command.SEND;
import static io.stompbox.protocol.frame.Command.STOMP;
import static io.stompbox.protocol.frame.Command.SUBSCRIBE;
import static io.stompbox.protocol.frame.Command.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.ServerEvent.Cause;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerSessionTest {
  private static final ServerSessionOptions DEFAULTS = ServerSessionOptions.defaults();
  private static final SubscriptionToken S = new SubscriptionToken.ById("s");
  private static final Frame SOURCE = Frame.of(SEND, "destination", "/q");

  @Test
  void eachStateAllowsWhatTheTableSays() {
    assertThat(ServerSessionTable.allowed(ServerSessionState.AWAITING_CONNECT))
        .containsExactly(CONNECT, STOMP);
    assertThat(ServerSessionTable.allowed(ServerSessionState.CONNECTED))
        .containsExactly(SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, COMMIT, ABORT, DISCONNECT);
    assertThat(ServerSessionTable.allowed(ServerSessionState.ENDED)).isEmpty();
  }

  @ParameterizedTest(name = "offered {0} spoken {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "1.0,1.1,1.2 | 1.0,1.1,1.2 | 1.2",
        "1.2,1.1     | 1.0,1.1,1.2 | 1.2",
        "1.0, 1.1    | 1.0,1.1,1.2 | 1.1",
        "1.1,9.9     | 1.0,1.1     | 1.1",
        "-           | 1.0,1.1,1.2 | 1.0"
      })
  void theHighestCommonVersionIsSpoken(String offered, String spoken, String chosen) {
    ServerSession session = session(DEFAULTS.with(AcceptVersion.parse(spoken).versions()));
    Frame connect = Frame.of(CONNECT, "host", "/");
    Frame offer = offered == null ? connect : connect.with("accept-version", offered);

    List<ServerEvent> events = session.receive(offer, 0);

    assertThat(events).first().isEqualTo(new ServerEvent.Connected(offer, session.version()));
    assertThat(reply(events).header("version")).isEqualTo(chosen);
    assertThat(session.version().text()).isEqualTo(chosen);
    assertThat(session.state()).isEqualTo(ServerSessionState.CONNECTED);
  }

  @Test
  void withoutACommonVersionTheErrorListsOurs() {
    ServerSession session = session(DEFAULTS.with(EnumSet.of(Version.V1_2, Version.V1_1)));

    List<ServerEvent> events = session.receive(Frame.of(CONNECT, "accept-version", "1.0,3.0"), 0);

    assertThat(reply(events).header("version")).isEqualTo("1.1,1.2");
    assertThat(reply(events).header("message"))
        .isEqualTo(
            "no version is common to both sides; spoken are 1.1,1.2, and offered is 1.0,3.0");
    assertThat(events).last().isEqualTo(new ServerEvent.Ended(Cause.ERROR));
  }

  @Test
  void connectedSaysWhoIsThereAndAnswersHeartBeatsOnlyToThoseWhoAsk() {
    ServerSessionOptions options = DEFAULTS.with(new HeartBeat(300, 400));

    Frame bare = reply(session(options).receive(connect("1.2"), 0));
    Frame asked = reply(session(options).receive(connect("1.2").with("heart-beat", "100,500"), 0));

    assertThat(bare)
        .isEqualTo(
            Frame.of(CONNECTED, "version", "1.2", "session", "session-1", "server", "Stompbox"));
    assertThat(asked.header("heart-beat")).isEqualTo("300,400");
  }

  @Test
  void whoIsNotAdmittedGetsAnErrorWithoutTheSecret() {
    ServerSessionOptions options = DEFAULTS.admittingUsers(Map.of("op", "right"));
    Frame connect = connect("1.2").with("login", "op");

    List<ServerEvent> refused = session(options).receive(connect.with("passcode", "wrong"), 0);
    List<ServerEvent> unknown =
        session(options).receive(connect("1.2").with("passcode", "right"), 0);
    List<ServerEvent> admitted = session(options).receive(connect.with("passcode", "right"), 0);

    assertThat(reply(refused))
        .isEqualTo(
            Frame.of(ERROR, "message", "the client is not let in; check login, passcode and host"));
    assertThat(reply(unknown).command()).isEqualTo(ERROR);
    assertThat(reply(admitted).command()).isEqualTo(CONNECTED);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refusal("1.2", "MESSAGE is not allowed while CONNECTED", Frame.of(MESSAGE)),
        refusal("1.2", "CONNECT is not allowed while CONNECTED", connect("1.2")),
        refusal("1.2", "FROB is not allowed while CONNECTED", Frame.of(Command.of("FROB"))),
        refusal("1.2", "requires the header 'destination' of SEND", Frame.of(SEND)),
        refusal("1.1", "requires the header 'id' of SUBSCRIBE", subscribe("destination", "/q")),
        refusal("1.2", "there is a subscription", subscribe("destination", "/q", "id", "s")),
        refusal("1.2", "ack must be one of", subscribe("destination", "/", "id", "2", "ack", "no")),
        refusal("1.2", "no subscription with the id 'zz'", Frame.of(UNSUBSCRIBE, "id", "zz")),
        refusal("1.0", "no subscription to /zz", Frame.of(UNSUBSCRIBE, "destination", "/zz")),
        refusal("1.0", "'id or destination' of UNSUBSCRIBE", Frame.of(UNSUBSCRIBE)),
        refusal("1.0", "STOMP 1.0 has no NACK", Frame.of(NACK, "message-id", "m1")),
        refusal("1.0", "requires the header 'message-id'", Frame.of(ACK, "id", "session-1-1")),
        refusal("1.1", "requires the header 'subscription'", Frame.of(ACK, "message-id", "m1")),
        refusal("1.1", "no message waits", ack11("zz", "m1")),
        refusal("1.1", "no message waits", ack11("s", "zz")),
        refusal("1.2", "requires the header 'id' of NACK", Frame.of(NACK, "message-id", "m1")),
        refusal("1.2", "no message waits", Frame.of(ACK, "id", "session-1-2")),
        refusal("1.2", "no message waits", Frame.of(ACK, "id", "session-1-01")),
        refusal("1.2", "no message waits", Frame.of(ACK, "id", "m1")),
        refusal("1.2", "no message waits", Frame.of(ACK, "id", "1")),
        refusal("1.2", "no message waits", Frame.of(ACK, "id", "session-2-1")),
        refusal("1.2", "no message waits", Frame.of(ACK, "id", "session-1-99999999999999999999")),
        refusal("1.2", "requires the header 'transaction'", Frame.of(BEGIN)),
        refusal("1.2", "'zz' is not open; open are []", Frame.of(COMMIT, "transaction", "zz")),
        refusal("1.2", "'zz' is not open", Frame.of(ABORT, "transaction", "zz")),
        refusal("1.2", "'zz' is not open", SOURCE.with("transaction", "zz")),
        refusal("1.2", "BEGIN may not have a body", begin("t").with(Body.of("x"))));
  }

  private static Arguments refusal(String version, String message, Frame frame) {
    return Arguments.of(version, message, frame);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void aFrameThatIsOutOfPlaceGivesErrorAndTheEnd(String version, String message, Frame frame) {
    ServerSession session = connected(version);
    session.receive(subscribe("destination", "/q", "id", "s", "ack", "client"), 0);
    session.message(S, "m1", SOURCE);

    List<ServerEvent> events = session.receive(frame.with("receipt", "r"), 0);

    assertThat(reply(events).command()).isEqualTo(ERROR);
    assertThat(reply(events).header("message")).contains(message);
    assertThat(reply(events).header("receipt-id")).isEqualTo("r");
    assertThat(events.subList(1, events.size()))
        .containsExactly(
            new ServerEvent.Unsubscribed(S, List.of(delivery(1, "m1"))),
            new ServerEvent.Ended(Cause.ERROR));
    assertThat(session.receive(SOURCE, 0)).isEmpty();
    assertThat(session.lost()).isEmpty();
  }

  @Test
  void aFrameBeforeConnectGivesErrorAndTheEnd() {
    List<ServerEvent> events = session(DEFAULTS).receive(SOURCE, 0);

    assertThat(events)
        .containsExactly(
            new ServerEvent.Reply(
                Frame.of(
                    ERROR,
                    "message",
                    "SEND is not allowed while AWAITING_CONNECT; allowed are [CONNECT, STOMP]")),
            new ServerEvent.Ended(Cause.ERROR));
  }

  @Test
  void aMalformedFrameGivesErrorAndTheEnd() {
    ServerSession session = connected("1.1");

    List<ServerEvent> events =
        session.refuse(new ProtocolException(Fault.BAD_COMMAND, "no\ncommand"));

    assertThat(events)
        .containsExactly(
            new ServerEvent.Reply(Frame.of(ERROR, "message", "no?command")),
            new ServerEvent.Ended(Cause.ERROR));
  }

  @Test
  void whatTheClientSentIsRepeatedOnlyInPart() {
    ServerSession session = connected("1.2");

    Frame error = reply(session.receive(Frame.of(COMMIT, "transaction", "x".repeat(5000)), 0));

    assertThat(error.header("message")).hasSize(500);
  }

  @Test
  void whatTheDriverCantDoGivesErrorWithTheReceiptOfTheFrame() {
    ServerSession session = connected("1.2");

    assertThat(session.refuse(SOURCE.with("receipt", "r"), "the disk is full"))
        .containsExactly(
            new ServerEvent.Reply(
                Frame.of(ERROR, "message", "the disk is full", "receipt-id", "r")),
            new ServerEvent.Ended(Cause.ERROR));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void receiptsFollowTheirFramesAsOftenAsTheyAreAskedFor(Version version) {
    ServerSession session = connected(version.text());
    Frame send = SOURCE.with("receipt", "r");

    for (int i = 0; i < 2; i++) {
      assertThat(session.receive(send, 0))
          .containsExactly(
              new ServerEvent.Sent(send),
              new ServerEvent.Reply(Frame.of(RECEIPT, "receipt-id", "r")));
    }
  }

  @Test
  void disconnectGivesEverythingBackBeforeItsReceipt() {
    ServerSession session = subscribed("1.2", "client");
    session.message(S, "m1", SOURCE);
    session.receive(begin("t"), 0);
    session.receive(Frame.of(ACK, "id", "session-1-1", "transaction", "t"), 0);

    assertThat(session.receive(Frame.of(DISCONNECT, "receipt", "bye"), 0))
        .containsExactly(
            new ServerEvent.Aborted("t", List.of()),
            new ServerEvent.Unsubscribed(S, List.of(delivery(1, "m1"))),
            new ServerEvent.Reply(Frame.of(RECEIPT, "receipt-id", "bye")),
            new ServerEvent.Ended(Cause.DISCONNECT));
    assertThat(session.state()).isEqualTo(ServerSessionState.ENDED);
    assertThat(session.receive(SOURCE, 0)).isEmpty();
  }

  @Test
  void aLostConnectionGivesEverythingBack() {
    ServerSession session = subscribed("1.1", "client-individual");
    session.message(S, "m1", SOURCE);
    session.message(S, "m2", SOURCE);
    session.receive(ack11("s", "m1"), 0);

    assertThat(session.lost())
        .containsExactly(
            new ServerEvent.Unsubscribed(S, List.of(delivery(2, "m2"))),
            new ServerEvent.Ended(Cause.LOST));
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("1.0", "auto", Headers.of("destination", "/q", "message-id", "m")),
        Arguments.of("1.1", "client", Headers.of("destination", "/q", "message-id", "m")),
        Arguments.of("1.2", "auto", Headers.of("destination", "/q", "message-id", "m")),
        Arguments.of(
            "1.2",
            "client",
            Headers.of("destination", "/q", "message-id", "m", "ack", "session-1-1")),
        Arguments.of(
            "1.2",
            "client-individual",
            Headers.of("destination", "/q", "message-id", "m", "ack", "session-1-1")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("messages")
  void aMessageHasWhatItsVersionAndModeWantAndTheHeadersOfTheProgram(
      String version, String ack, Headers own) {
    ServerSession session = subscribed(version, ack);
    Frame source =
        Frame.of(
                SEND, "destination", "/q", "k", "v", "receipt", "r", "transaction", "t", "ack", "x")
            .with("message-id", "mine")
            .with("subscription", "mine")
            .with("content-length", "1")
            .with("k", "w")
            .with(Body.of("b"));

    Frame message = session.message(S, "m", source);

    Headers.Builder expected = own.toBuilder().add("subscription", "s").add("k", "v").add("k", "w");
    assertThat(message.command()).isEqualTo(MESSAGE);
    assertThat(message.headers()).containsExactlyInAnyOrderElementsOf(expected.build());
    assertThat(message.headers().values("k")).containsExactly("v", "w");
    assertThat(message.body()).isEqualTo(Body.of("b"));
  }

  @Test
  void anIdThatATransactionSettlesIsTakenUntilItEnds() {
    ServerSession session = subscribed("1.1", "client-individual");
    session.message(S, "m", SOURCE);
    session.receive(Frame.of(BEGIN, "transaction", "t"), 0);
    session.receive(Frame.of(ACK, "transaction", "t", "subscription", "s", "message-id", "m"), 0);

    assertThatThrownBy(() -> session.message(S, "m", SOURCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'m'");
    session.receive(Frame.of(COMMIT, "transaction", "t"), 0);
    assertThat(session.message(S, "m", SOURCE).header("message-id")).isEqualTo("m");
  }

  @Test
  void messagesForNobodyAreRefused() {
    ServerSession session = subscribed("1.2", "client");
    session.message(S, "m", SOURCE);

    assertThatThrownBy(() -> session.message(S, "m", SOURCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the message 'm' waits in");
    assertThatThrownBy(() -> session.message(S, "n", Frame.of(SEND)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a message needs a destination");
    assertThatThrownBy(() -> session.message(new SubscriptionToken.ById("x"), "n", SOURCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no subscription");
    assertThat(session.unacknowledged(S)).isEqualTo(1);
    assertThat(session.message(S, "n", SOURCE).header("ack")).isEqualTo("session-1-2");
  }

  @ParameterizedTest(name = "{0} {1}: {2} covers {3}")
  @CsvSource({
    "1.0, client,            2, m1 m2",
    "1.0, client-individual, 2, m2",
    "1.1, client,            2, m1 m2",
    "1.1, client-individual, 2, m2",
    "1.2, client,            2, m1 m2",
    "1.2, client,            3, m1 m2 m3",
    "1.2, client-individual, 3, m3"
  })
  void anAcknowledgementCoversOneMessageOrAllUpToIt(
      String version, String mode, int number, String covered) {
    for (Command command : version.equals("1.0") ? List.of(ACK) : List.of(ACK, NACK)) {
      ServerSession session = subscribed(version, mode);
      List<Frame> messages = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        messages.add(session.message(S, "m" + i, SOURCE));
      }
      Frame message = messages.get(number - 1);
      Commands commands = Commands.of(session.version());

      List<ServerEvent> events =
          session.receive(command.equals(ACK) ? commands.ack(message) : commands.nack(message), 0);

      List<ServerDelivery> deliveries = deliveries(covered);
      assertThat(events)
          .containsExactly(
              command.equals(ACK)
                  ? new ServerEvent.Acknowledged(deliveries)
                  : new ServerEvent.Refused(deliveries));
      assertThat(session.unacknowledged(S)).isEqualTo(3 - deliveries.size());
    }
  }

  @Test
  void inOneDotZeroTheMessageIdAloneWillDo() {
    ServerSession session = connected("1.0");
    session.receive(subscribe("destination", "/a", "ack", "client"), 0);
    session.receive(subscribe("destination", "/q", "id", "s", "ack", "client"), 0);
    session.message(S, "m1", SOURCE);

    assertThat(session.receive(Frame.of(ACK, "message-id", "m1"), 0))
        .containsExactly(new ServerEvent.Acknowledged(deliveries("m1")));
  }

  @Test
  void inAutoModeNothingWaits() {
    ServerSession session = subscribed("1.2", "auto");
    session.message(S, "m1", SOURCE);

    assertThat(session.unacknowledged(S)).isZero();
    assertThat(reply(session.receive(Frame.of(ACK, "id", "session-1-1"), 0)).command())
        .isEqualTo(ERROR);
  }

  @ParameterizedTest(name = "{0} ended by {1}")
  @CsvSource(
      value = {"-, destination", "s, id", "s, destination"},
      nullValues = "-")
  void oneDotZeroSubscriptionsEndByIdOrDestination(String id, String by) {
    ServerSession session = connected("1.0");
    Frame bare = subscribe("destination", "/q");
    session.receive(id == null ? bare : bare.with("id", id), 0);
    SubscriptionToken token =
        id == null ? new SubscriptionToken.ByDestination("/q") : new SubscriptionToken.ById(id);

    assertThat(session.receive(Frame.of(UNSUBSCRIBE, by, by.equals("id") ? "s" : "/q"), 0))
        .containsExactly(new ServerEvent.Unsubscribed(token, List.of()));
  }

  @Test
  void aTransactionTakesEffectInTheOrderOfItsFrames() {
    ServerSession session = subscribed("1.2", "client-individual");
    session.message(S, "m1", SOURCE);
    session.message(S, "m2", SOURCE);
    Frame send = SOURCE.with("transaction", "t");
    Frame asked = send.with("receipt", "r");

    assertThat(session.receive(begin("t"), 0)).containsExactly(new ServerEvent.Begun("t"));
    assertThat(session.receive(send, 0)).isEmpty();
    assertThat(session.receive(Frame.of(ACK, "id", "session-1-2", "transaction", "t"), 0))
        .isEmpty();
    assertThat(session.receive(Frame.of(NACK, "id", "session-1-1", "transaction", "t"), 0))
        .isEmpty();
    assertThat(session.receive(asked, 0))
        .containsExactly(new ServerEvent.Reply(Frame.of(RECEIPT, "receipt-id", "r")));
    assertThat(session.openTransactions()).containsExactly("t");

    assertThat(session.receive(Frame.of(COMMIT, "transaction", "t"), 0))
        .containsExactly(
            new ServerEvent.Committed(
                "t",
                List.of(
                    new ServerEvent.Sent(send),
                    new ServerEvent.Acknowledged(List.of(delivery(2, "m2"))),
                    new ServerEvent.Refused(List.of(delivery(1, "m1"))),
                    new ServerEvent.Sent(asked))));
    assertThat(session.openTransactions()).isEmpty();
    assertThat(session.unacknowledged(S)).isZero();
  }

  @Test
  void whatAnAbortedTransactionAcknowledgedWaitsAgainInItsOrder() {
    ServerSession session = subscribed("1.2", "client");
    for (int i = 1; i <= 3; i++) {
      session.message(S, "m" + i, SOURCE);
    }
    session.receive(begin("t"), 0);
    session.receive(Frame.of(ACK, "id", "session-1-2", "transaction", "t"), 0);

    assertThat(session.receive(Frame.of(ABORT, "transaction", "t"), 0))
        .containsExactly(new ServerEvent.Aborted("t", List.of()));
    assertThat(session.receive(Frame.of(ACK, "id", "session-1-2"), 0))
        .containsExactly(new ServerEvent.Acknowledged(deliveries("m1 m2")));
    assertThat(session.unacknowledged(S)).isEqualTo(1);
  }

  @Test
  void aMessageIsAcknowledgedOnceAlsoAcrossTransactions() {
    ServerSession session = subscribed("1.2", "client");
    session.message(S, "m1", SOURCE);
    session.receive(begin("t"), 0);
    session.receive(Frame.of(ACK, "id", "session-1-1", "transaction", "t"), 0);

    assertThat(reply(session.receive(Frame.of(ACK, "id", "session-1-1"), 0)).header("message"))
        .contains("no message waits");
  }

  @Test
  void abortReleasesWhatBelongsToASubscriptionThatIsGone() {
    ServerSession session = subscribed("1.2", "client");
    session.message(S, "m1", SOURCE);
    session.message(S, "m2", SOURCE);
    session.receive(begin("t"), 0);
    session.receive(Frame.of(ACK, "id", "session-1-1", "transaction", "t"), 0);

    assertThat(session.receive(Frame.of(UNSUBSCRIBE, "id", "s"), 0))
        .containsExactly(new ServerEvent.Unsubscribed(S, List.of(delivery(2, "m2"))));
    session.receive(subscribe("destination", "/q", "id", "s", "ack", "client"), 0);

    assertThat(session.receive(Frame.of(ABORT, "transaction", "t"), 0))
        .containsExactly(new ServerEvent.Aborted("t", List.of(delivery(1, "m1"))));
    assertThat(session.unacknowledged(S)).isZero();
  }

  @Test
  void aTransactionIsBegunOnce() {
    ServerSession session = connected("1.2");
    session.receive(begin("t"), 0);

    List<ServerEvent> events = session.receive(begin("t"), 0);

    assertThat(reply(events).header("message")).isEqualTo("the transaction 't' is open already");
    assertThat(events).contains(new ServerEvent.Aborted("t", List.of()));
  }

  static Stream<Arguments> floods() {
    Frame held = Frame.of(SEND, "destination", "/", "transaction", "0").with(Body.of("12345678"));
    return Stream.of(
        Arguments.of("more than 3 subscriptions", subscribe("destination", "/", "id", "#")),
        Arguments.of("more than 2 transactions", begin("#")),
        Arguments.of("more than 5 frames", held.with(Body.empty())),
        Arguments.of("more than 200 octets", held.with("filler", "x".repeat(60))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void aClientCantFillTheMemory(String message, Frame frame) {
    ServerSession session = session(DEFAULTS.with(new ServerLimits(3, 2, 5, 200)));
    session.receive(connect("1.2"), 0);
    if (frame.headers().has("destination")) {
      session.receive(begin("0"), 0);
    }
    List<ServerEvent> last = List.of();
    for (int i = 1; session.state() == ServerSessionState.CONNECTED && i < 10; i++) {
      Headers.Builder headers = Headers.builder();
      int number = i;
      frame.headers().forEach(h -> headers.add(h.name(), h.value().replace("#", "" + number)));
      last = session.receive(new Frame(frame.command(), headers.build(), frame.body()), 0);
    }

    assertThat(reply(last).header("message")).contains(message.replace("more than ", ""));
  }

  @Test
  void endedTransactionsMakeRoomAgain() {
    ServerSession session = session(DEFAULTS.with(new ServerLimits(3, 1, 2, 100)));
    session.receive(connect("1.2"), 0);
    for (int i = 0; i < 20; i++) {
      session.receive(begin("t"), 0);
      session.receive(SOURCE.with("transaction", "t").with(Body.of("x".repeat(30))), 0);
      Command end = i % 2 == 0 ? COMMIT : ABORT;
      assertThat(session.receive(Frame.of(end, "transaction", "t"), 0)).hasSize(1);
    }

    assertThat(session.state()).isEqualTo(ServerSessionState.CONNECTED);
  }

  private static ServerSession session(ServerSessionOptions options) {
    return new ServerSession("session-1", options, 0);
  }

  private static ServerSession connected(String version) {
    ServerSession session = session(DEFAULTS);
    session.receive(connect(version), 0);
    return session;
  }

  private static ServerSession subscribed(String version, String ack) {
    ServerSession session = connected(version);
    session.receive(subscribe("destination", "/q", "id", "s", "ack", ack), 0);
    return session;
  }

  private static Frame connect(String version) {
    return Frame.of(CONNECT, "accept-version", version, "host", "/");
  }

  private static Frame subscribe(String... headers) {
    return Frame.of(SUBSCRIBE, headers);
  }

  private static Frame begin(String transaction) {
    return Frame.of(BEGIN, "transaction", transaction);
  }

  private static Frame ack11(String subscription, String messageId) {
    return Frame.of(ACK, "subscription", subscription, "message-id", messageId);
  }

  private static ServerDelivery delivery(long number, String messageId) {
    return new ServerDelivery(S, number, messageId, SOURCE);
  }

  /** Ids are m1, m2 and so on, separated by blanks. */
  private static List<ServerDelivery> deliveries(String ids) {
    return Stream.of(ids.split(" ")).map(id -> delivery(id.charAt(1) - '0', id)).toList();
  }

  private static Frame reply(List<ServerEvent> events) {
    return events.stream()
        .filter(ServerEvent.Reply.class::isInstance)
        .map(event -> ((ServerEvent.Reply) event).frame())
        .findFirst()
        .orElseThrow();
  }
}
