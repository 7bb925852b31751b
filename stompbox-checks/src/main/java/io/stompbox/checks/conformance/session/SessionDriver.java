package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.ConnectionEnd;
import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.protocol.session.HeartBeatMonitor;
import io.stompbox.protocol.session.ReceivedMessage;
import io.stompbox.protocol.session.Session;
import io.stompbox.protocol.session.SessionEvent;
import io.stompbox.protocol.session.SessionOptions;
import io.stompbox.protocol.session.SessionOptions.Checking;
import io.stompbox.protocol.session.SessionState;
import io.stompbox.protocol.session.Subscribed;
import io.stompbox.protocol.session.SubscriptionToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The protocol core as a program without threads would drive it: octets in, octets out, a clock
 * that is set by hand. It only passes things on; every rule is that of {@link Session}.
 */
final class SessionDriver implements Driver {
  private final Ledger ledger = new Ledger();
  private final Answers answers = new Answers(ledger);
  private final List<ReceivedMessage> messages = new ArrayList<>();
  private final Config config;
  private final DecoderMode mode;

  private Session session;
  private FrameDecoder decoder;
  private FrameEncoder encoder = new FrameEncoder(Version.V1_2);

  /** In nanoseconds. */
  private long now;

  SessionDriver(Config config, DecoderMode mode) {
    this.config = config;
    this.mode = mode;
    this.decoder = decoder();
    this.session = session(EnumSet.allOf(Version.class));
  }

  private Session session(Set<Version> versions) {
    Checking checking = mode == DecoderMode.STRICT ? Checking.STRICT : Checking.TOLERANT;
    return new Session(
        SessionOptions.defaults()
            .with(versions)
            .with(config.heartBeat())
            .with(config.tolerance())
            .with(checking));
  }

  private FrameDecoder decoder() {
    return new FrameDecoder(mode, DecoderLimits.defaults());
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void perform(Action action, Call call) {
    SessionState before = session.state();
    try {
      act(action, call);
    } catch (NullPointerException | IllegalArgumentException | IllegalStateException e) {
      call.refuse(Texts.category(e, before, session.version()));
    }
  }

  private void act(Action action, Call call) {
    switch (action.name()) {
      case "connect" -> connect(action, call);
      case "send" -> send(action, call);
      case "subscribe" -> subscribe(action, call);
      case "unsubscribe" -> {
        FrameOptions with = options(action);
        written(session.unsubscribe(token(action), with), call, with);
      }
      case "ack", "nack" -> acknowledge(action, call);
      case "begin", "commit", "abort" -> transaction(action, call);
      case "disconnect" -> disconnect(action, call);
      case "abort_connection" -> {
        report(session.ended(ConnectionEnd.ABORTED));
        ledger.clientClosed();
        call.finish(Call.ok());
      }
      default -> throw new CaseFormatException("this driver can't " + action.name());
    }
  }

  private void connect(Action action, Call call) {
    if (session.state() == SessionState.DISCONNECTED) {
      if (!action.texts("versions").isEmpty()) {
        session = session(Texts.versions(action.texts("versions")));
      }
      ledger.opened();
      decoder = decoder();
      encoder = new FrameEncoder(Version.V1_2);
    }
    Headers.Builder headers = action.headers().toBuilder();
    for (String name : List.of("passcode", "login")) {
      String value = action.text(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    FrameOptions with = options(action).with(headers.build());
    String host = action.text("vhost", action.text("host", "broker.example"));
    Frame frame =
        action.flag("stomp_command") ? session.stomp(host, with) : session.connect(host, with);
    answers.connecting(call);
    write(frame);
  }

  private void send(Action action, Call call) {
    FrameOptions with = options(action);
    String type = action.text("content_type");
    with = type == null ? with : with.withHeader("content-type", type);
    written(session.send(missing(action.text("destination")), action.body(), with), call, with);
  }

  private void subscribe(Action action, Call call) {
    FrameOptions with = options(action);
    String destination = missing(action.text("destination"));
    String ack = action.text("ack", "auto");
    String id = action.text("id", session.newId("sub-"));
    Subscribed subscribed =
        action.isFalse("send_id")
            ? session.subscribeWithoutId(destination, ack, with, id)
            : session.subscribe(destination, id, ack, with, id);
    written(subscribed.frame(), call, with);
  }

  /** That nothing may be null is what such a case checks. */
  @SuppressWarnings("NullAway")
  private static String missing(@Nullable String value) {
    return value;
  }

  private static SubscriptionToken token(Action action) {
    String id = action.text("id");
    return id == null
        ? new SubscriptionToken.ByDestination(action.text("destination", ""))
        : new SubscriptionToken.ById(id);
  }

  private void acknowledge(Action action, Call call) {
    FrameOptions with = options(action);
    ReceivedMessage message = received(action.text("message", "last"));
    if (action.name().equals("nack")) {
      written(session.nack(message, with), call, with);
      return;
    }
    session
        .ack(message, with)
        .ifPresentOrElse(frame -> written(frame, call, with), () -> call.finish(Call.ok()));
  }

  private ReceivedMessage received(String id) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (id.equals("last") || id.equals(messages.get(i).frame().header("message-id"))) {
        return messages.get(i);
      }
    }
    throw new CaseFormatException("no message " + id + " was received");
  }

  private void transaction(Action action, Call call) {
    FrameOptions with = options(action).inTransaction(null);
    String id = action.text("tx", session.newId("tx-"));
    Frame frame =
        switch (action.name()) {
          case "begin" -> session.begin(id, with);
          case "commit" -> session.commit(id, with);
          default -> session.abort(id, with);
        };
    written(frame, call, with);
  }

  private void disconnect(Action action, Call call) {
    FrameOptions with = options(action);
    with = with.receipt() == null ? with.withReceipt(session.newId("bye-")) : with;
    Optional<Frame> frame = session.disconnect(with);
    answers.disconnecting(call);
    frame.ifPresent(this::write);
  }

  private FrameOptions options(Action action) {
    FrameOptions with = FrameOptions.NONE.with(action.headers()).inTransaction(action.text("tx"));
    if (action.timeoutMillis().isPresent()) {
      with =
          with.answerBy(now + TimeUnit.MILLISECONDS.toNanos(action.timeoutMillis().orElseThrow()));
    }
    Action.Receipt receipt = action.receipt();
    if (!receipt.wanted()) {
      return with;
    }
    return with.withReceipt(receipt.id() == null ? session.newId("receipt-") : receipt.id());
  }

  /** Without a receipt nobody will answer, so the call is over. */
  private void written(Frame frame, Call call, FrameOptions with) {
    if (with.receipt() == null) {
      call.finish(Call.ok());
    } else {
      answers.expect(with.receipt(), call);
    }
    write(frame);
  }

  private void write(Frame frame) {
    ledger.wire().write(encoder.encode(frame), millis());
    session.onSent(now);
  }

  @Override
  public void handshake(Version version, String more, Call call) {
    perform(Action.connect(), call);
    serverSends(Texts.connected(version, more));
    session.replay().forEach(earlier -> write(session.subscribe(earlier).frame()));
  }

  @Override
  public void serverSends(Body octets) {
    if (!ledger.isOpen()) {
      return;
    }
    session.onHeard(now);
    try {
      ByteBuffer input = ByteBuffer.wrap(octets.toBytes());
      DecodedEvent event = decoder.decode(input);
      while (event != null && ledger.isOpen()) {
        if (event instanceof DecodedEvent.FrameDecoded decoded) {
          report(session.receive(decoded.frame(), now));
        }
        event = decoder.decode(input);
      }
    } catch (ProtocolException e) {
      ledger.clientClosed();
      answers.broken(e, session.ended(ConnectionEnd.PROTOCOL_FAULT));
    }
  }

  /** Does what the event says is to be done, and writes down what it tells. */
  private void report(SessionEvent event) {
    if (event instanceof SessionEvent.Connected connected) {
      decoder.version(connected.agreement().version());
      encoder = new FrameEncoder(connected.agreement().version());
    } else if (event instanceof SessionEvent.MessageReceived received) {
      messages.add(received.message());
    } else if (event instanceof SessionEvent.HeartBeatDue) {
      ledger.wire().write("\n".getBytes(StandardCharsets.US_ASCII), millis());
      session.onSent(now);
    }
    answers.report(event);
    if (Answers.isEnd(event)) {
      ledger.clientClosed();
    }
    if (event instanceof SessionEvent.Disconnected) {
      session.close();
    }
  }

  @Override
  public void serverEnds(ServerEnd how) {
    boolean cut = decoder.isInsideFrame() || how == ServerEnd.RESETS;
    boolean open = ledger.isOpen();
    ledger.serverClosed();
    if (open) {
      answers.report(session.ended(cut ? ConnectionEnd.CUT : ConnectionEnd.CLOSED));
    }
  }

  @Override
  public void advance(long millis) {
    long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
    long wait = session.nanosUntilDue(now);
    while (wait != HeartBeatMonitor.NEVER && now + wait <= end) {
      now += wait;
      session.due(now).forEach(this::report);
      wait = session.nanosUntilDue(now);
    }
    now = end;
  }

  @Override
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(now);
  }

  @Override
  public boolean awaits(BooleanSupplier condition) {
    return condition.getAsBoolean();
  }

  /** Everything has happened when a call returns. */
  @Override
  public void settle() {}

  @Override
  public Map<String, @Nullable String> state(String kind, @Nullable String subscription) {
    if (kind.equals("info") && session.agreement().isPresent()) {
      return Texts.info(session.agreement().get());
    }
    if (kind.equals("pending_acks") && subscription != null) {
      int count = session.unacknowledged(new SubscriptionToken.ById(subscription));
      return Collections.singletonMap("count", Integer.toString(count));
    }
    return Map.of();
  }

  @Override
  public void close() {
    session.close();
  }
}
