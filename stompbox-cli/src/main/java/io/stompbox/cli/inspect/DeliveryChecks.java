package io.stompbox.cli.inspect;

import io.stompbox.client.BrokerProfile;
import io.stompbox.client.BrokerProfile.NackEffect;
import io.stompbox.client.Connection;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.FrameOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who gets a message, how often, and what becomes of it then. */
final class DeliveryChecks {
  private static final String DEAD_LETTERS = "/queue/ActiveMQ.DLQ";
  private static final String TOKEN = "doctor";

  private static final Map<NackEffect, String> EFFECTS =
      Map.of(
          NackEffect.REDELIVER, "given out again at once",
          NackEffect.DEAD_LETTER, "moved to " + DEAD_LETTERS,
          NackEffect.DISCARD, "gone");

  private DeliveryChecks() {}

  /** Without what makes a queue of it: that is what a program without such headers gets. */
  static Finding queue(ProbedBroker broker) throws InterruptedException {
    String queue = broker.queue("plain");
    FrameOptions with = FrameOptions.NONE.with(broker.expiring());
    try (Connection connection = broker.open()) {
      broker.confirm(connection, connection.commands().send(queue, Body.of("x"), with));
      broker.confirm(connection, connection.commands().subscribe(queue, TOKEN, "auto", with));
      return new Mailbox(connection, broker.limit()).next().isPresent()
          ? Finding.ok("what was sent before somebody subscribes is kept")
          : Finding.fail(
              "what was sent before somebody subscribes is lost: /queue/ names no queue",
              "Artemis: set anycastPrefix=/queue/;multicastPrefix=/topic/ on its acceptor");
    }
  }

  static Finding ack(ProbedBroker broker) throws InterruptedException {
    String queue = broker.queue("ack");
    try (Connection connection = broker.open()) {
      for (String text : List.of("1", "2", "3")) {
        broker.send(connection, queue, Body.of(text), Headers.empty());
      }
      Mailbox mailbox = broker.subscribe(connection, queue);
      for (int i = 0; i < 3; i++) {
        Optional<Frame> message = mailbox.next();
        if (message.isEmpty()) {
          return ContentChecks.notReceived();
        }
        if (message.get().text().equals("2")) {
          mailbox.ack(message.get());
        }
      }
    }
    Map<String, String> again = again(broker, queue);
    if (!again.keySet().equals(Set.of("1", "3"))) {
      return Finding.fail(
          "the second of 3 messages was acknowledged; came again: " + again.keySet(),
          "don't rely on client-individual here");
    }
    boolean areMarked = again.values().stream().allMatch("true"::equals);
    return areMarked
        ? Finding.ok("what is not acknowledged comes again, marked redelivered:true")
        : Finding.note(
            "what is not acknowledged comes again, but is not marked as redelivered",
            "tell copies by an id of your own");
  }

  /** What comes to the next consumer, and how it is marked. */
  private static Map<String, String> again(ProbedBroker broker, String queue)
      throws InterruptedException {
    Map<String, String> found = new TreeMap<>();
    try (Connection connection = broker.open()) {
      Mailbox mailbox = broker.subscribe(connection, queue);
      Optional<Frame> message = mailbox.nextSoon();
      while (message.isPresent()) {
        found.put(message.get().text(), message.get().headers().value("redelivered").orElse("no"));
        mailbox.ack(message.get());
        message = mailbox.nextSoon();
      }
    }
    return found;
  }

  static Finding nack(ProbedBroker broker) throws InterruptedException {
    if (!broker.agreement().version().hasNack()) {
      return Finding.skip("STOMP 1.0 has no NACK");
    }
    String queue = broker.queue("nack");
    NackEffect effect = refuseOne(broker, queue);
    if (effect == NackEffect.DISCARD && !again(broker, queue).isEmpty()) {
      effect = NackEffect.REDELIVER;
    }
    if (effect == NackEffect.DISCARD && broker.profile().equals(BrokerProfile.ACTIVEMQ)) {
      effect = takeDeadLetter(broker) ? NackEffect.DEAD_LETTER : effect;
    }
    NackEffect expected = broker.profile().nackEffect();
    String value = "a persistent message that is refused is " + EFFECTS.get(effect);
    return expected == effect || expected == NackEffect.UNKNOWN
        ? Finding.ok(value)
        : Finding.note(
            value + "; of " + broker.profile().name() + " something else was expected",
            "try what becomes of refused messages before you rely on it");
  }

  /** DISCARD if nothing is seen of the message on the same subscription. */
  private static NackEffect refuseOne(ProbedBroker broker, String queue)
      throws InterruptedException {
    try (Connection connection = broker.open()) {
      broker.send(
          connection,
          queue,
          Body.of("refused"),
          Headers.of("persistent", "true", TOKEN, broker.token()));
      Mailbox mailbox = broker.subscribe(connection, queue);
      Optional<Frame> message = mailbox.next();
      if (message.isEmpty()) {
        return NackEffect.DISCARD;
      }
      mailbox.nack(message.get());
      Optional<Frame> next = mailbox.nextSoon();
      if (next.isEmpty()) {
        return NackEffect.DISCARD;
      }
      mailbox.ack(next.get());
      return NackEffect.REDELIVER;
    }
  }

  /** Takes the message, and no other, from the dead letters. */
  private static boolean takeDeadLetter(ProbedBroker broker) throws InterruptedException {
    try (Connection connection = broker.open()) {
      Mailbox mailbox =
          broker.subscribe(
              connection,
              DEAD_LETTERS,
              "client-individual",
              Headers.of("selector", TOKEN + " = '" + broker.token() + "'"));
      Optional<Frame> letter = mailbox.nextSoon();
      if (letter.isPresent()) {
        mailbox.ack(letter.get());
      }
      return letter.isPresent();
    }
  }

  static Finding selector(ProbedBroker broker) throws InterruptedException {
    String queue = broker.queue("selector");
    try (Connection connection = broker.open()) {
      for (String colour : List.of("blue", "red")) {
        broker.send(connection, queue, Body.of(colour), Headers.of("colour", colour));
      }
      Mailbox mailbox =
          broker.subscribe(
              connection, queue, "client-individual", Headers.of("selector", "colour = 'red'"));
      List<String> came = new ArrayList<>();
      Optional<Frame> message = mailbox.nextSoon();
      while (message.isPresent()) {
        came.add(message.get().text());
        mailbox.ack(message.get());
        message = mailbox.nextSoon();
      }
      return came.equals(List.of("red"))
          ? Finding.ok("honoured: only what meets it comes")
          : Finding.note(
              "not honoured: came " + came + " where only red was asked for",
              "choose in the program, or by destinations");
    } catch (StompTimeoutException e) {
      // Silence is no refusal.
      throw e;
    } catch (StompException e) {
      return Finding.note(
          "refused: " + HandshakeChecks.words(e), "choose in the program, or by destinations");
    }
  }

  static Finding transactions(ProbedBroker broker) throws InterruptedException {
    String queue = broker.queue("transaction");
    try (Connection connection = broker.open()) {
      for (String end : List.of("ABORT", "COMMIT")) {
        String id = "doctor-" + end;
        connection.send(connection.commands().begin(id));
        broker.sendUnconfirmed(connection, queue, Body.of(end), Headers.of("transaction", id));
        broker.confirm(
            connection,
            end.equals("ABORT")
                ? connection.commands().abort(id)
                : connection.commands().commit(id));
      }
    }
    String came = String.join(", ", again(broker, queue).keySet());
    return came.equals("COMMIT")
        ? Finding.ok("what was committed comes, what was aborted does not")
        : Finding.fail(
            "one message was aborted, one committed; came: " + (came.isEmpty() ? "none" : came),
            "don't rely on transactions here");
  }

  static Finding browse(ProbedBroker broker) throws InterruptedException {
    String queue = broker.queue("browse");
    try (Connection connection = broker.open()) {
      broker.send(connection, queue, Body.of("x"), Headers.empty());
    }
    List<Frame> seen = new ArrayList<>();
    try (Connection connection = broker.open()) {
      Mailbox mailbox = broker.subscribe(connection, queue, "auto", Headers.of("browser", "true"));
      Optional<Frame> message = mailbox.nextSoon();
      while (message.isPresent()) {
        seen.add(message.get());
        message = mailbox.nextSoon();
      }
    }
    boolean isLeft = !again(broker, queue).isEmpty();
    String came = seen.stream().map(Frame::text).collect(Collectors.joining(", "));
    return isLeft && came.startsWith("x")
        ? Finding.ok("a queue can be looked at: stompbox peek")
        : Finding.note("a queue can't be looked at without taking from it", "");
  }
}
