package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.Endpoint;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.BrokerProfile;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.client.Offer;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.FrameOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A broker under examination: connections to it, and destinations of which nobody else knows. Not
 * safe to share between threads.
 */
final class ProbedBroker {
  /** How long to wait until nothing more is believed to come. */
  static final Duration QUIET = Duration.ofMillis(500);

  /** Where DISCONNECT gets no receipt anyway. */
  private static final Duration NO_GOODBYE = Duration.ofMillis(1);

  private static final int TOKEN_OCTETS = 6;

  private final Endpoint endpoint;
  private final BrokerAddress address;
  private final Agreement agreement;
  private final BrokerProfile profile;
  private final Duration limit;

  /** The queue that the user chose for everything; null for one for each purpose. */
  private final @Nullable String chosen;

  private final String token;
  private final Set<String> queues = new LinkedHashSet<>();

  /** Each has an id of its own, also on connections that have several. */
  private int subscriptions;

  /** Whether any receipt has come. */
  private boolean hasReceipts;

  /** Whether the first that was waited for did not come. */
  private boolean lacksReceipts;

  /** Whether the last look for it found nothing; it is not asked for anything then. */
  private boolean isGone;

  /**
   * Takes over the first connection to a broker.
   *
   * @param limit how long to wait for what must come
   */
  ProbedBroker(Endpoint endpoint, Connection first, Duration limit, @Nullable String chosen) {
    this.endpoint = endpoint;
    this.address = first.address();
    this.agreement = first.agreement();
    this.profile = BrokerProfile.of(agreement.server().orElse(null));
    this.limit = limit;
    this.chosen = chosen;
    byte[] random = new byte[TOKEN_OCTETS];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
  }

  BrokerAddress address() {
    return address;
  }

  /** What was agreed with the options of the command. */
  Agreement agreement() {
    return agreement;
  }

  BrokerProfile profile() {
    return profile;
  }

  Duration limit() {
    return limit;
  }

  /** A word that appears nowhere else. */
  String token() {
    return token;
  }

  Offer offer() {
    return endpoint.options().offer();
  }

  Connection open() {
    return open(offer());
  }

  /** Connects with another offer than the options of the command make. */
  Connection open(Offer offer) {
    ConnectOptions options = endpoint.options().with(offer);
    return endpoint.open(
        address, lacksReceipts ? options.with(options.timeouts().withClose(NO_GOODBYE)) : options);
  }

  /** Looks whether it is still there: why it is not, or empty. A refusal in words is an answer. */
  Optional<StompException> absence() {
    try {
      open().close();
      return Optional.empty();
    } catch (BrokerErrorException e) {
      return Optional.empty();
    } catch (StompException e) {
      isGone = true;
      return Optional.of(e);
    }
  }

  /** Returns the name of a queue that is drained in the end. */
  String queue(String purpose) {
    String name = chosen == null ? "/queue/stompbox-doctor-" + purpose + "-" + token : chosen;
    queues.add(name);
    return name;
  }

  /** Returns the name of a topic that nobody listens to. */
  String topic() {
    return chosen == null ? "/topic/stompbox-doctor-" + token : queue("");
  }

  /** Sends a message and waits for its receipt. */
  void send(Connection connection, String destination, Body body, Headers headers)
      throws InterruptedException {
    confirm(connection, frame(connection, destination, body, headers));
  }

  /**
   * Sends a frame and waits for its receipt, unless it is known that there are none.
   *
   * @throws StompTimeoutException if it does not come
   */
  void confirm(Connection connection, Frame frame) throws InterruptedException {
    if (lacksReceipts) {
      connection.send(frame);
      return;
    }
    try {
      connection.sendConfirmed(frame).await(limit);
      hasReceipts = true;
    } catch (StompTimeoutException e) {
      lacksReceipts = !hasReceipts;
      throw e;
    }
  }

  /** Whether it seems to send no receipts at all, so that waiting for more of them is no use. */
  boolean lacksReceipts() {
    return lacksReceipts;
  }

  /** Sends a message whose receipt may come late, as in a transaction. */
  void sendUnconfirmed(Connection connection, String destination, Body body, Headers headers) {
    connection.send(frame(connection, destination, body, headers));
  }

  private Frame frame(Connection connection, String destination, Body body, Headers headers) {
    Headers all =
        headers.toBuilder().addAll(ofDestination(destination, "destination-type")).build();
    return connection.commands().send(destination, body, FrameOptions.NONE.with(all));
  }

  /** Subscribes and waits for the receipt. */
  Mailbox subscribe(Connection connection, String queue, String ack, Headers headers)
      throws InterruptedException {
    Headers all = headers.toBuilder().addAll(ofDestination(queue, "subscription-type")).build();
    subscriptions++;
    String id = "doctor-" + subscriptions;
    confirm(
        connection, connection.commands().subscribe(queue, id, ack, FrameOptions.NONE.with(all)));
    return new Mailbox(connection, limit);
  }

  Mailbox subscribe(Connection connection, String queue) throws InterruptedException {
    return subscribe(connection, queue, "client-individual", Headers.empty());
  }

  /** What lets a queue end by itself where it would be kept for ever; in SEND and SUBSCRIBE. */
  Headers expiring() {
    return isRabbitMq() ? Headers.of("x-expires", "60000") : Headers.empty();
  }

  /** Without it, Artemis may take a queue for a topic. */
  private Headers ofDestination(String destination, String header) {
    if (!queues.contains(destination)) {
      return Headers.empty();
    }
    return profile.equals(BrokerProfile.ARTEMIS) ? Headers.of(header, "ANYCAST") : expiring();
  }

  private boolean isRabbitMq() {
    return profile.name().equals(BrokerProfile.RABBITMQ.name());
  }

  /** Takes away what the checks have left; a broker that is not there any more keeps it. */
  void drain() throws InterruptedException {
    if (isGone) {
      return;
    }
    if (!isDrained(queues) && queues.size() > 1) {
      for (String queue : queues) {
        boolean ignored = isDrained(Set.of(queue));
      }
    }
  }

  /** One that can't be subscribed to ends the connection, and the check has told why. */
  private boolean isDrained(Set<String> several) throws InterruptedException {
    if (several.isEmpty()) {
      return true;
    }
    try (Connection connection = open()) {
      for (String queue : several) {
        subscribe(connection, queue, "auto", Headers.empty());
      }
      new Mailbox(connection, limit).skipAll();
      return true;
    } catch (StompException e) {
      return false;
    }
  }
}
