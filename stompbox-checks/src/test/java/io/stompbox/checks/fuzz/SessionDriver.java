package io.stompbox.checks.fuzz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.session.ConnectionEnd;
import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.protocol.session.ReceivedMessage;
import io.stompbox.protocol.session.Session;
import io.stompbox.protocol.session.SessionEvent;
import io.stompbox.protocol.session.SessionOptions;
import io.stompbox.protocol.session.SessionState;
import io.stompbox.protocol.session.Subscribed;
import io.stompbox.protocol.session.SubscriptionToken;
import io.stompbox.protocol.session.Unfinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does to a session whatever the octets say, and compares it with its model after each step. */
final class SessionDriver {
  private static final List<String> COMMANDS =
      List.of(
          "CONNECTED",
          "MESSAGE",
          "MESSAGE",
          "MESSAGE",
          "RECEIPT",
          "RECEIPT",
          "ERROR",
          "SEND",
          "TELEMETRY");

  private final Choices choices;
  private final Session session;
  private final SessionModel model = new SessionModel();

  /** All that came, also on connections that are gone. */
  private final List<ReceivedMessage> messages = new ArrayList<>();

  private long now;

  SessionDriver(Choices choices, SessionOptions options) {
    this.choices = choices;
    this.session = new Session(options);
  }

  void step() {
    switch (choices.below(20)) {
      case 0 -> call(this::connect, frame -> model.state = SessionState.CONNECTING);
      case 1, 2, 3, 4, 5, 6 -> receive();
      case 7 -> withOptions(with -> session.send(id(), Body.of(id()), with), frame -> {});
      case 8 -> subscribe();
      case 9 -> unsubscribe();
      case 10, 11, 12 -> acknowledge();
      case 13 -> begin();
      case 14 -> end();
      case 15 -> disconnect();
      case 16, 17 -> due();
      case 18 -> replay();
      default -> close();
    }
    model.isThatOf(session);
    assertThat(session.nanosUntilDue(now)).isNotNegative();
  }

  /** What a call refuses changes nothing. */
  private <T> void call(Supplier<T> call, Consumer<T> then) {
    T result;
    try {
      result = call.get();
    } catch (IllegalArgumentException | IllegalStateException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    then.accept(result);
  }

  private interface Call<T> {
    T with(FrameOptions with);
  }

  /** Does the call with any options. */
  private <T> void withOptions(Call<T> call, Consumer<T> then) {
    FrameOptions with = options();
    call(with, () -> call.with(with), then);
  }

  private <T> void call(FrameOptions with, Supplier<T> call, Consumer<T> then) {
    call(
        call,
        result -> {
          boolean wasSent = !(result instanceof Optional<?> frame) || frame.isPresent();
          if (with.receipt() != null && wasSent) {
            assertThat(model.receipts.add(with.receipt())).as("a receipt is new").isTrue();
          }
          then.accept(result);
        });
  }

  /** With a receipt or a transaction or free headers or none of them. */
  private FrameOptions options() {
    FrameOptions with = FrameOptions.NONE;
    int kind = choices.octet();
    if ((kind & 3) == 1) {
      with = with.withReceipt(id());
    }
    if ((kind & 12) == 4) {
      with = with.inTransaction(id());
    }
    if ((kind & 48) == 16) {
      with = with.withHeader(choices.of("receipt", "transaction", "id", "x", "ack"), id());
    }
    return (kind & 192) == 64 ? with.answerBy(now + choices.octet()) : with;
  }

  private String id() {
    return choices.of("a", "b", "c");
  }

  private Frame connect() {
    FrameOptions with = options();
    return choices.yes() ? session.stomp("h", with) : session.connect("h", with);
  }

  private void subscribe() {
    String ack = choices.of("client-individual", "client", "auto", "x");
    boolean withId = choices.yes();
    withOptions(
        with ->
            withId
                ? session.subscribe(id(), id(), ack, with, "context")
                : session.subscribeWithoutId(id(), ack, with, "context"),
        model::subscribed);
  }

  private SubscriptionToken token() {
    return choices.yes()
        ? new SubscriptionToken.ByDestination(id())
        : new SubscriptionToken.ById(id());
  }

  private void unsubscribe() {
    SubscriptionToken token = token();
    withOptions(
        with -> session.unsubscribe(token, with),
        frame -> assertThat(model.subscriptions.remove(token)).isNotNull());
  }

  private void acknowledge() {
    if (messages.isEmpty()) {
      return;
    }
    ReceivedMessage message = choices.of(messages);
    boolean isAck = choices.yes();
    FrameOptions with = options();
    call(
        with,
        () -> isAck ? session.ack(message, with) : Optional.of(session.nack(message, with)),
        frame -> frame.ifPresent(made -> model.settled(message, with.transaction())));
  }

  private void begin() {
    String transaction = id();
    withOptions(
        with -> session.begin(transaction, with),
        frame ->
            assertThat(model.transactions.put(transaction, new ArrayList<>()))
                .as("a transaction is new")
                .isNull());
  }

  private void end() {
    String transaction = id();
    if (choices.yes()) {
      withOptions(
          with -> session.commit(transaction, with),
          frame -> assertThat(model.transactions.remove(transaction)).isNotNull());
    } else {
      withOptions(with -> session.abort(transaction, with), frame -> model.aborted(transaction));
    }
  }

  private void disconnect() {
    FrameOptions with = options();
    call(
        with,
        () -> session.disconnect(with),
        frame ->
            frame.ifPresent(
                made -> {
                  model.state = SessionState.DISCONNECTING;
                  model.farewell = with.receipt();
                }));
  }

  private void close() {
    switch (choices.below(3)) {
      case 0 -> {
        session.close();
        model.over();
        model.remembered.clear();
      }
      case 1 -> {
        session.closeKeepingSubscriptions();
        model.over();
      }
      default -> accept(session.ended(choices.of(ConnectionEnd.values())));
    }
  }

  private void replay() {
    List<Subscribed> replayed = session.replay();
    assertThat(replayed).containsExactlyElementsOf(model.remembered.values());
    model.remembered.clear();
    for (Subscribed earlier : replayed) {
      call(earlier.with(), () -> session.subscribe(earlier), model::subscribed);
    }
    assertThat(session.replay()).isEmpty();
  }

  private void due() {
    now += choices.of(0, 1, 1_000_000, 5_000_000, 2_000_000_000);
    if (choices.yes()) {
      session.onHeard(now);
    }
    boolean isDue = session.nanosUntilDue(now) == 0;
    List<SessionEvent> events = session.due(now);
    assertThat(events.isEmpty()).isNotEqualTo(isDue);
    for (SessionEvent event : events) {
      if (event instanceof SessionEvent.HeartBeatDue) {
        session.onSent(now);
      }
      accept(event);
    }
    assertThat(session.due(now)).isEmpty();
  }

  private void receive() {
    Frame frame = frame();
    SessionEvent event;
    try {
      event = session.receive(frame, now);
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotBlank();
      // After a CONNECTED that can't be accepted there is no session, after others there is.
      if (frame.command().equals(Command.CONNECTED) && model.state == SessionState.CONNECTING) {
        model.over();
      }
      return;
    }
    accept(event);
  }

  private Frame frame() {
    Headers.Builder headers = Headers.builder();
    for (int i = choices.below(6); i > 0; i--) {
      switch (choices.below(8)) {
        case 0 -> headers.add("subscription", id());
        case 1 -> headers.add("message-id", id());
        case 2 -> headers.add("ack", id());
        case 3 -> headers.add("receipt-id", id());
        case 4 -> headers.add("destination", id());
        case 5 -> headers.add("version", choices.of("1.2", "1.1", "1.0", "2"));
        case 6 -> headers.add("heart-beat", choices.of("1,2", "0,0", "x", "2,0"));
        default -> headers.add("x" + id(), choices.text(5));
      }
    }
    return new Frame(Command.of(choices.of(COMMANDS)), headers.build(), Body.empty());
  }

  private void accept(SessionEvent event) {
    if (event instanceof SessionEvent.Connected) {
      assertThat(model.state).isEqualTo(SessionState.CONNECTING);
      model.state = SessionState.CONNECTED;
    } else if (event instanceof SessionEvent.MessageReceived received) {
      assertThat(received.context()).isEqualTo("context");
      messages.add(received.message());
      model.received(received.message());
    } else if (event instanceof SessionEvent.ReceiptReceived receipt) {
      assertThat(model.receipts.remove(receipt.receipt())).isTrue();
    } else if (event instanceof SessionEvent.LateReceipt late) {
      assertThat(model.overdue.remove(late.receipt())).isTrue();
    } else if (event instanceof SessionEvent.UnexpectedReceipt other) {
      assertThat(model.receipts).doesNotContain(other.receipt());
      assertThat(model.overdue).doesNotContain(other.receipt());
    } else if (event instanceof SessionEvent.ReceiptOverdue overdue) {
      assertThat(model.receipts.remove(overdue.receipt())).isTrue();
      model.overdue.add(overdue.receipt());
    } else {
      acceptEnd(event);
    }
  }

  private void acceptEnd(SessionEvent event) {
    if (event instanceof SessionEvent.Disconnected disconnected) {
      assertThat(model.state).isEqualTo(SessionState.DISCONNECTING);
      leaves(disconnected.unfinished());
      // The receipt of DISCONNECT came or is overdue: the connection stays until it is closed.
      if (session.state() == SessionState.DISCONNECTING) {
        farewellIsSettled(disconnected.confirmed());
      } else {
        model.over();
      }
    } else if (event instanceof SessionEvent.ErrorReceived error) {
      leaves(error.unfinished());
      model.over();
    } else if (event instanceof SessionEvent.ConnectionLost lost) {
      leaves(lost.unfinished());
      model.over();
    } else if (event instanceof SessionEvent.ConnectRefused
        || event instanceof SessionEvent.ConnectOverdue) {
      assertThat(model.state).isEqualTo(SessionState.CONNECTING);
      model.over();
    }
  }

  private void farewellIsSettled(boolean confirmed) {
    String receipt = requireNonNull(model.farewell);
    boolean wasAwaited = model.receipts.remove(receipt);
    if (confirmed) {
      assertThat(wasAwaited || model.overdue.remove(receipt)).isTrue();
    } else {
      assertThat(wasAwaited).isTrue();
      model.overdue.add(receipt);
    }
  }

  /** What is unfinished was outstanding, and at most the receipt of DISCONNECT is missing. */
  private void leaves(Unfinished unfinished) {
    List<String> receipts = new ArrayList<>(unfinished.refused());
    receipts.addAll(unfinished.lost());
    assertThat(receipts).doesNotHaveDuplicates();
    assertThat(model.receipts).containsAll(receipts);
    assertThat(model.receipts.size() - receipts.size()).isBetween(0, 1);
    assertThat(unfinished.aborted()).containsExactlyElementsOf(model.transactions.keySet());
  }
}
