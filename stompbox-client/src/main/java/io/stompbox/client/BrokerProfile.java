package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of broker does in its own way. All such knowledge is here, as data.
 *
 * @param name the kind
 * @param headers the names it has for what STOMP has no header for
 * @param nackEffect what becomes of a message that is refused
 * @param quirks where it differs from what one would expect
 * @param limits how large a frame it takes
 * @param replies how replies to requests come back
 */
public record BrokerProfile(
    String name,
    SpecialHeaders headers,
    NackEffect nackEffect,
    Set<Quirk> quirks,
    FrameLimits limits,
    Replies replies) {

  /** A broker that nothing is known of. */
  public static final BrokerProfile GENERIC =
      new BrokerProfile(
          "generic",
          SpecialHeaders.NONE,
          NackEffect.UNKNOWN,
          Set.of(),
          FrameLimits.NONE,
          new Replies("/queue/", Replies.Kind.SHARED));

  /** ActiveMQ Classic. Its limits are those of 6.3.1, to the octet. */
  public static final BrokerProfile ACTIVEMQ =
      new BrokerProfile(
          "ActiveMQ Classic",
          new SpecialHeaders(
              new Prefetch("activemq.prefetchSize", 0),
              null,
              new Expiry("expires", Expiry.Base.EPOCH),
              new Durable(
                  "activemq.subscriptionName", Headers.empty(), Durable.Kind.CLIENT_THEN_NAME),
              new MessageHeaders("priority", "AMQ_SCHEDULED_DELAY", "JMSXGroupID"),
              new ReadingHeaders(
                  "selector",
                  new Header("activemq.exclusive", "true"),
                  new Header("browser", "true"))),
          NackEffect.DEAD_LETTER,
          EnumSet.of(Quirk.OPEN_AFTER_ERROR, Quirk.NACKS_NOT_IN_TRANSACTIONS),
          new FrameLimits(1001, 10 * 1024 + 1, 100 * 1024 * 1024),
          new Replies("/temp-queue/", Replies.Kind.TEMPORARY));

  /** ActiveMQ Artemis, which counts octets; 10 KiB is what it takes for a message by itself. */
  public static final BrokerProfile ARTEMIS =
      new BrokerProfile(
          "Artemis",
          new SpecialHeaders(
              new Prefetch("consumer-window-size", 10_240),
              "_AMQ_DUPL_ID",
              new Expiry("expires", Expiry.Base.EPOCH),
              new Durable(
                  "durable-subscription-name", Headers.empty(), Durable.Kind.CLIENT_AND_NAME),
              new MessageHeaders("priority", "AMQ_SCHEDULED_DELAY", "JMSXGroupID"),
              new ReadingHeaders("selector", null, null)),
          NackEffect.DISCARD,
          EnumSet.of(Quirk.ACKS_IGNORE_TRANSACTIONS, Quirk.COMMIT_REFUSES_KNOWN_IDS),
          FrameLimits.NONE,
          new Replies("/queue/", Replies.Kind.SHARED));

  /** RabbitMQ before 4.3, which has no limits that a frame of ours would reach. */
  public static final BrokerProfile RABBITMQ =
      new BrokerProfile(
          "RabbitMQ",
          new SpecialHeaders(
              new Prefetch("prefetch-count", 0),
              null,
              new Expiry("expiration", Expiry.Base.ARRIVAL),
              new Durable(
                  "x-queue-name",
                  Headers.of("durable", "true", "auto-delete", "false"),
                  Durable.Kind.NAME),
              new MessageHeaders("priority", null, null),
              ReadingHeaders.NONE),
          NackEffect.REDELIVER,
          EnumSet.of(Quirk.OPEN_AFTER_ERROR, Quirk.ACK_IDS_REPEAT, Quirk.ERROR_BEHIND_UNSUBSCRIBE),
          FrameLimits.NONE,
          new Replies("/temp-queue/", Replies.Kind.IMPLICIT));

  /** RabbitMQ from 4.3 on, with the limits that it has unless it was set up otherwise. */
  public static final BrokerProfile RABBITMQ_4_3 =
      RABBITMQ.with(new FrameLimits(100, 100 * 1024, 4 * 1024 * 1024));

  /**
   * Spring's simple broker, which names itself nowhere, so it has to be set. It gives receipts for
   * DISCONNECT only, takes no notice of acknowledgements, and gives a message out once.
   */
  public static final BrokerProfile SPRING =
      new BrokerProfile(
          "Spring's simple broker",
          SpecialHeaders.NONE,
          NackEffect.DISCARD,
          EnumSet.of(Quirk.RECEIPTS_FOR_DISCONNECT_ONLY),
          FrameLimits.NONE,
          new Replies("/topic/", Replies.Kind.SHARED));

  private static final String UNROUTED = "There is no current subscription with tag";

  private static final Pattern RABBITMQ_SERVER =
      Pattern.compile("RabbitMQ/(\\d{1,4})\\.(\\d{1,4})\\b.*");

  /** Copies the quirks. */
  public BrokerProfile {
    quirks = Set.copyOf(quirks);
  }

  /** What becomes of a message that is refused with NACK. */
  public enum NackEffect {
    /** Not known. */
    UNKNOWN,
    /** It is given out again at once, to anybody, as often as it is refused. */
    REDELIVER,
    /** It goes to the dead-letter queue if it is persistent, and is gone if it is not. */
    DEAD_LETTER,
    /** It is gone, as if it had been acknowledged. */
    DISCARD
  }

  /** Where a broker differs from what one would expect. */
  public enum Quirk {
    /**
     * Ack ids are made of the subscription's id and a counter that restarts, and an old
     * connection's ack is taken for the message that has the same id now. A subscription needs
     * another id on each connection.
     */
    ACK_IDS_REPEAT,
    /** An ACK or NACK with a transaction header does not wait for COMMIT. */
    ACKS_IGNORE_TRANSACTIONS,
    /**
     * COMMIT is answered with ERROR {@code AMQ339013} if a message of the transaction has an id
     * that was seen before; nothing of it takes effect.
     */
    COMMIT_REFUSES_KNOWN_IDS,
    /**
     * A message that meets the end of its subscription inside the broker is answered with an ERROR
     * that begins with {@code There is no current subscription with tag}, and the connection goes
     * on.
     */
    ERROR_BEHIND_UNSUBSCRIBE,
    /** A NACK with a transaction header is refused, and the transaction is of no use then. */
    NACKS_NOT_IN_TRANSACTIONS,
    /** After most ERROR frames the broker leaves the connection open; the client closes it. */
    OPEN_AFTER_ERROR,
    /**
     * No other frame is ever confirmed: a subscription counts as made once its SUBSCRIBE is on its
     * way, and confirmed sends and transactions are refused.
     */
    RECEIPTS_FOR_DISCONNECT_ONLY
  }

  /**
   * The names a broker has for what STOMP has no header for.
   *
   * @param prefetch of SUBSCRIBE, limits messages under way; null if there is none
   * @param duplicateDetection of SEND, holds an id; the broker drops a message whose id it has
   *     seen. Null if there is none
   * @param expiry of SEND; null if there is none
   * @param durable of SUBSCRIBE to a topic; null if there is none
   * @param messages of SEND, for what a message asks besides
   * @param reading of SUBSCRIBE, for special ways of reading
   */
  public record SpecialHeaders(
      @Nullable Prefetch prefetch,
      @Nullable String duplicateDetection,
      @Nullable Expiry expiry,
      @Nullable Durable durable,
      MessageHeaders messages,
      ReadingHeaders reading) {

    /** None. */
    public static final SpecialHeaders NONE =
        new SpecialHeaders(null, null, null, null, MessageHeaders.NONE, ReadingHeaders.NONE);
  }

  /**
   * Limits how many messages are under way to a subscription.
   *
   * @param header its name
   * @param octetsPerMessage what one message counts in it; 0 if it counts messages
   */
  public record Prefetch(String header, int octetsPerMessage) {}

  /**
   * Limits how long a message is kept.
   *
   * @param header its name; it holds milliseconds
   * @param base when they begin
   */
  public record Expiry(String header, Base base) {
    /** When the milliseconds begin. */
    public enum Base {
      /** In 1970, so the clocks of program and broker have to agree. */
      EPOCH,
      /** When the message arrives at the broker. */
      ARRIVAL
    }

    /** Returns the header of a message that is sent at {@code now}. */
    public Header header(Duration timeToLive, Instant now) {
      long millis = timeToLive.toMillis();
      long value = base == Base.EPOCH ? now.toEpochMilli() + millis : millis;
      return new Header(header, Long.toString(value));
    }

    /** Returns the header of a message that is sent at {@code now} and expires at {@code end}. */
    public Header header(Instant end, Instant now) {
      long value = base == Base.EPOCH ? end.toEpochMilli() : Duration.between(now, end).toMillis();
      // Zero would mean for ever to ActiveMQ and Artemis, and a negative number is refused.
      return new Header(header, Long.toString(Math.max(1, value)));
    }
  }

  /**
   * Keeps messages of a topic for a subscriber that is away.
   *
   * @param nameHeader holds the name of the subscription
   * @param others what has to be there besides
   * @param kind what belongs to its name, and how it is removed
   */
  public record Durable(String nameHeader, Headers others, Kind kind) {
    /** What belongs to the name of a durable subscription, and how it is removed. */
    public enum Kind {
      /** The name alone; UNSUBSCRIBE with the same headers removes it. */
      NAME,
      /** The client-id of CONNECT too; UNSUBSCRIBE with the same headers removes it. */
      CLIENT_AND_NAME,
      /**
       * The client-id of CONNECT too. It is ended first, by an UNSUBSCRIBE of its own, and then
       * removed by another with its name.
       */
      CLIENT_THEN_NAME
    }

    /** Returns the options with what makes the subscription durable under a name. */
    public SubscribeOptions named(String name, SubscribeOptions options) {
      SubscribeOptions durable = options;
      for (Header header : headers(name)) {
        durable = durable.withHeader(header.name(), header.value());
      }
      return durable;
    }

    Headers headers(String name) {
      return Headers.builder().add(nameHeader, name).addAll(others).build();
    }
  }

  /** Returns the profile for what a broker calls itself in CONNECTED; null if it says nothing. */
  public static BrokerProfile of(@Nullable String server) {
    if (server == null) {
      return GENERIC;
    }
    // Artemis first: it calls itself ActiveMQ-Artemis.
    if (server.startsWith("ActiveMQ-Artemis")) {
      return ARTEMIS;
    }
    if (server.startsWith("ActiveMQ")) {
      return ACTIVEMQ;
    }
    return server.startsWith("RabbitMQ") ? rabbit(server) : GENERIC;
  }

  /**
   * Refuses what would wait for a receipt in vain.
   *
   * @param what whoever wants it calls it
   */
  void checkConfirms(String what) {
    if (has(Quirk.RECEIPTS_FOR_DISCONNECT_ONLY)) {
      throw new IllegalStateException(
          name + " confirms nothing, so there are no " + what + " with it; use send");
    }
  }

  private static BrokerProfile rabbit(String server) {
    Matcher version = RABBITMQ_SERVER.matcher(server);
    if (!version.matches()) {
      return RABBITMQ;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major > 4 || (major == 4 && minor >= 3) ? RABBITMQ_4_3 : RABBITMQ;
  }

  /** Returns it with other limits, for a broker that was set up to have them. */
  public BrokerProfile with(FrameLimits other) {
    return new BrokerProfile(name, headers, nackEffect, quirks, other, replies);
  }

  /** Whether an ERROR tells of a message that was not given out, and of nothing that was asked. */
  boolean isOfUnrouted(Frame error) {
    return has(Quirk.ERROR_BEHIND_UNSUBSCRIBE) && error.text().startsWith(UNROUTED);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /**
   * Returns what SUBSCRIBE has besides what the specification names.
   *
   * @throws IllegalArgumentException if it asks for what the broker does not have
   */
  Headers headersOf(Subscription subscription) {
    SubscribeOptions options = subscription.options();
    Headers.Builder all = options.headers().toBuilder();
    addReading(options.reading(), all);
    Headers given = withDurableName(all.build(), subscription.id());
    return options.acknowledgement() == Acknowledgement.BROKER
        ? given
        : withPrefetch(given, options.prefetch());
  }

  private void addReading(Reading wanted, Headers.Builder all) {
    ReadingHeaders known = headers.reading();
    String name = wanted.durableName();
    if (name != null) {
      all.addAll(durable(name).headers(name));
    }
    String selector = wanted.selector();
    if (selector != null) {
      all.add(known(known.selector(), "a subscription with the selector " + selector), selector);
    }
    switch (wanted.access()) {
      case EXCLUSIVE -> add(known(known.exclusive(), "an exclusive subscription"), all);
      case BROWSE -> add(known(known.browse(), "browsing"), all);
      case SHARED -> {}
    }
  }

  /** How a durable subscription is told of; refused if the broker has none. */
  Durable durable(String name) {
    return known(headers.durable(), "the durable subscription " + name);
  }

  private static void add(Header header, Headers.Builder all) {
    all.add(header.name(), header.value());
  }

  private <T> T known(@Nullable T header, String wish) {
    if (header == null) {
      throw unable(wish);
    }
    return header;
  }

  /** Returns the refusal of what the broker does not have. */
  IllegalArgumentException unable(String wish) {
    return new IllegalArgumentException(
        equals(GENERIC)
            ? "no header is known for "
                + wish
                + ", since the broker has not said what it is; say so with the client's profile,"
                + " or write the header by its name"
            : name
                + " has no header for "
                + wish
                + "; if it was set up to have one, write that header by its name");
  }

  /** RabbitMQ names the queue by the wire id, so with another one it would be another queue. */
  private Headers withDurableName(Headers given, String id) {
    Durable durable = headers.durable();
    if (durable == null || !has(Quirk.ACK_IDS_REPEAT) || given.has(durable.nameHeader())) {
      return given;
    }
    boolean isDurable = given.value("durable").filter("true"::equals).isPresent();
    return isDurable ? given.toBuilder().add(durable.nameHeader(), id).build() : given;
  }

  private Headers withPrefetch(Headers given, int messages) {
    Prefetch prefetch = headers.prefetch();
    if (prefetch == null || messages == 0 || given.has(prefetch.header())) {
      return given;
    }
    int octets = prefetch.octetsPerMessage();
    long value = octets == 0 ? messages : (long) messages * octets;
    return given.toBuilder().add(prefetch.header(), Long.toString(value)).build();
  }

  String wireId(String id, int epoch) {
    return has(Quirk.ACK_IDS_REPEAT) ? id + "-e" + epoch : id;
  }
}
