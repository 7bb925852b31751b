package io.stompbox.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.session.ServerDelivery;
import io.stompbox.protocol.session.ServerEvent;
import io.stompbox.protocol.session.ServerSession;
import io.stompbox.protocol.session.ServerSessionOptions;
import io.stompbox.protocol.session.ServerSessionState;
import io.stompbox.protocol.session.SubscriptionToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Plays a client with any idea of STOMP, and a server that carries out what its session wants. */
final class ServerSessionDriver {
  private static final List<String> COMMANDS =
      List.of(
          "SUBSCRIBE",
          "ACK",
          "NACK",
          "BEGIN",
          "COMMIT",
          "ABORT",
          "SEND",
          "UNSUBSCRIBE",
          "CONNECT",
          "DISCONNECT",
          "MESSAGE",
          "TELEMETRY");

  private final Choices choices;
  private final ServerSession session;
  private final FrameDecoder decoder = new FrameDecoder();

  private final Set<SubscriptionToken> subscriptions = new LinkedHashSet<>();

  /** The message-ids that were given out to subscriptions that acknowledge, and are not back. */
  private final Set<String> givenOut = new LinkedHashSet<>();

  private int messages;
  private long now;
  private boolean ended;

  ServerSessionDriver(Choices choices, ServerSessionOptions options) {
    this.choices = choices;
    this.session = new ServerSession("s", options, now);
  }

  void connect() {
    String version = choices.of("1.2", "1.1", "1.0", "1.0,1.1,1.2");
    send("CONNECT\naccept-version:" + version + "\nhost:h\nheart-beat:1,1\n\n\0");
  }

  void step() {
    switch (choices.below(10)) {
      case 0, 1, 2, 3, 4 -> sendFrame();
      case 5, 6, 7 -> giveOut();
      case 8 -> tick();
      default -> send(choices.text(12));
    }
    assertThat(session.nanosUntilDue(now)).isNotNegative();
    assertThat(session.state() == ServerSessionState.ENDED).isEqualTo(ended);
  }

  /** The end of the connection gives back whatever the client had. */
  void end() {
    carryOut(session.lost());
    assertThat(ended).isTrue();
    assertThat(givenOut).as("messages that were given out and are lost").isEmpty();
    assertThat(session.openTransactions()).isEmpty();
    assertThat(session.receive(Frame.of(Command.SEND, "destination", "/q"), now)).isEmpty();
  }

  private void sendFrame() {
    StringBuilder wire = new StringBuilder(choices.of(COMMANDS)).append('\n');
    int headers = choices.octet();
    append(wire, headers & 3, "id", choices.of("a", "b", "s-1", "s-2", "s-3"));
    append(wire, headers >> 2 & 3, "destination", choices.of("/a", "/b"));
    append(wire, headers >> 4 & 3, "transaction", choices.of("t", "u"));
    append(wire, headers >> 6 & 3, "receipt", choices.of("r", "\\c", "\u00e9", "a\\\\b"));
    int more = choices.octet();
    append(wire, more & 3, "ack", choices.of("client", "client-individual", "auto"));
    append(wire, more >> 2 & 3, "message-id", choices.of("m1", "m2", "m3"));
    append(wire, more >> 4 & 3, "subscription", choices.of("a", "b"));
    send(wire.append("\n\0").toString());
  }

  private static void append(StringBuilder wire, int choice, String name, String value) {
    if (choice != 0) {
      wire.append(name).append(':').append(value).append('\n');
    }
  }

  private void send(String wire) {
    ByteBuffer input = ByteBuffer.wrap(wire.getBytes(StandardCharsets.UTF_8));
    session.onHeard(now);
    try {
      for (DecodedEvent event = decoder.decode(input);
          event != null;
          event = decoder.decode(input)) {
        if (event instanceof DecodedEvent.FrameDecoded decoded) {
          receive(decoded.frame());
        }
      }
    } catch (ProtocolException e) {
      carryOut(session.refuse(e));
    }
  }

  private void receive(Frame frame) {
    List<ServerEvent> events = session.receive(frame, now);
    if (session.state() == ServerSessionState.CONNECTED && frame.headers().has("receipt")) {
      if (!frame.command().isHandshake()) {
        assertThat(events).last().isInstanceOf(ServerEvent.Reply.class);
      }
    }
    carryOut(events);
  }

  private void tick() {
    now += choices.of(0, 1_000_000, 600_000_000, 2_000_000_000);
    boolean isDue = session.nanosUntilDue(now) == 0;
    List<ServerEvent> events = session.due(now);
    assertThat(events.isEmpty()).isNotEqualTo(isDue);
    carryOut(events);
    if (!ended) {
      session.onSent(now);
    }
  }

  /** Message-ids are never used twice, so that each can be followed. */
  private void giveOut() {
    if (subscriptions.isEmpty()) {
      return;
    }
    SubscriptionToken token = choices.of(List.copyOf(subscriptions));
    int before = session.unacknowledged(token);
    messages++;
    String messageId = "m" + messages;
    Frame message = session.message(token, messageId, Frame.of(Command.SEND, "destination", "/q"));
    new FrameEncoder(session.version()).encode(message);
    if (session.unacknowledged(token) > before) {
      givenOut.add(messageId);
    }
  }

  private void carryOut(List<ServerEvent> events) {
    for (ServerEvent event : events) {
      assertThat(ended).as("something comes after the end: %s", event).isFalse();
      if (event instanceof ServerEvent.Reply reply) {
        new FrameEncoder(session.version()).encode(reply.frame());
      } else if (event instanceof ServerEvent.Connected connected) {
        decoder.version(connected.version());
      } else if (event instanceof ServerEvent.Subscribed subscribed) {
        assertThat(subscriptions.add(subscribed.token())).isTrue();
      } else if (event instanceof ServerEvent.Unsubscribed unsubscribed) {
        assertThat(subscriptions.remove(unsubscribed.token())).isTrue();
        back(unsubscribed.unacknowledged());
      } else if (event instanceof ServerEvent.Aborted aborted) {
        back(aborted.released());
      } else if (event instanceof ServerEvent.Committed committed) {
        committed.work().forEach(this::settled);
      } else if (event instanceof ServerEvent.Ended) {
        ended = true;
      } else {
        settled(event);
      }
    }
  }

  private void settled(ServerEvent event) {
    if (event instanceof ServerEvent.Acknowledged acknowledged) {
      back(acknowledged.deliveries());
    } else if (event instanceof ServerEvent.Refused refused) {
      back(refused.deliveries());
    }
  }

  private void back(List<ServerDelivery> deliveries) {
    List<String> ids = new ArrayList<>();
    deliveries.forEach(delivery -> ids.add(delivery.messageId()));
    assertThat(givenOut).containsAll(ids);
    givenOut.removeAll(ids);
    assertThat(ids).doesNotHaveDuplicates();
  }
}
