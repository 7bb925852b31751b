package io.stompbox.cli.inspect;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.BrokerProfile;
import io.stompbox.client.Connection;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What CONNECT and CONNECTED settle, and whether it is kept. */
final class HandshakeChecks {
  private static final int ASKED_MILLIS = 500;
  private static final int TOO_LONG_MILLIS = 5000;
  private static final int PERIODS = 4;
  private static final double MARGIN = 1.5;
  private static final Duration STEP = Duration.ofMillis(20);

  private HandshakeChecks() {}

  static Finding versions(ProbedBroker broker) {
    List<String> taken = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Version version : Version.values()) {
      try (Connection connection = broker.open(broker.offer().with(Set.of(version)))) {
        taken.add(connection.agreement().version().text());
      } catch (StompException e) {
        refused.add(version + " (" + words(e) + ")");
      }
    }
    if (refused.isEmpty()) {
      return Finding.ok(String.join(", ", taken));
    }
    String value =
        (taken.isEmpty() ? "none" : String.join(", ", taken))
            + "; refused: "
            + String.join(", ", refused);
    return taken.isEmpty()
        ? Finding.fail(value, "no version is taken when it is offered alone")
        : Finding.note(value, "offer what it takes: --protocol, or leave it to auto");
  }

  static String words(StompException e) {
    return e instanceof BrokerErrorException refusal
        ? "\"" + refusal.brokerWords() + "\""
        : e instanceof StompTimeoutException ? "no answer" : String.valueOf(e.getMessage());
  }

  static Finding server(ProbedBroker broker) {
    String server = broker.agreement().server().orElse("(not named)");
    return broker.profile().equals(BrokerProfile.GENERIC)
        ? Finding.note(
            server + ", which is none that is known",
            "if it is one of them under another name: --set profile=activemq, artemis, rabbitmq"
                + " or spring")
        : Finding.ok(server + ", taken for " + broker.profile().name());
  }

  static Finding heartBeats(ProbedBroker broker) throws InterruptedException {
    HeartBeat asked = new HeartBeat(ASKED_MILLIS, ASKED_MILLIS);
    try (Connection connection = broker.open(broker.offer().with(asked))) {
      HeartBeat agreed = connection.agreement().heartBeat();
      String value = "asked for %s ms, agreed on %s ms".formatted(asked.text(), agreed.text());
      if (agreed.receiveMillis() == 0) {
        return Finding.note(
            value + ": the broker sends none", "a broker that dies without a word is not noticed");
      }
      return agreed.receiveMillis() > TOO_LONG_MILLIS
          ? Finding.note(value + "; too rare to be measured here", "")
          : measured(value, agreed, longestSilence(connection, agreed));
    }
  }

  private static Finding measured(String value, HeartBeat agreed, Duration silence) {
    String whole = value + ", longest silence " + silence.toMillis() + " ms";
    return silence.toMillis() > MARGIN * agreed.receiveMillis()
        ? Finding.note(whole, "they come late: don't give the broker up before twice the period")
        : Finding.ok(whole);
  }

  /** Both sides only send heart-beats meanwhile; a side that misses them ends the connection. */
  private static Duration longestSilence(Connection connection, HeartBeat agreed)
      throws InterruptedException {
    long time = TimeUnit.MILLISECONDS.toNanos((long) PERIODS * agreed.receiveMillis());
    long start = System.nanoTime();
    Duration longest = Duration.ZERO;
    Mailbox mailbox = new Mailbox(connection, STEP);
    while (System.nanoTime() - start < time) {
      boolean ignored = mailbox.next().isPresent();
      Duration silence = connection.traffic().sinceReceived();
      longest = silence.compareTo(longest) > 0 ? silence : longest;
    }
    return longest;
  }

  static Finding virtualHost(ProbedBroker broker) {
    String wrong = "stompbox-no-such-host-" + broker.token();
    try (Connection connection = broker.open(broker.offer().withVirtualHost(wrong))) {
      return Finding.ok("ignored: " + connection.address() + " takes any name");
    } catch (BrokerErrorException e) {
      return Finding.ok("checked: a wrong one is refused: \"" + e.brokerWords() + "\"");
    } catch (StompException e) {
      return Finding.note("a wrong one gets no ERROR: " + words(e), "check --vhost if it hangs");
    }
  }
}
