package io.stompbox.client;

import io.stompbox.protocol.frame.Headers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to subscribe.
 *
 * @param acknowledgement when messages are acknowledged
 * @param id the subscription's id; null makes one
 * @param prefetch how many messages the broker may have under way to this subscription, in the
 *     broker's own header; 0 leaves it to the broker. Not sent with {@link Acknowledgement#BROKER}
 * @param headers what else goes into SUBSCRIBE, such as selector
 * @param whenFull what happens when more messages wait than {@link Bounds} allows
 * @param handling how messages are given to the handler, if there is one
 * @param duplicates by what a message is known that was processed before; null hands out all
 * @param reading what the broker is asked for beyond STOMP
 */
public record SubscribeOptions(
    Acknowledgement acknowledgement,
    @Nullable String id,
    int prefetch,
    Headers headers,
    WhenFull whenFull,
    Handling handling,
    @Nullable DuplicateFilter duplicates,
    Reading reading) {

  private static final Set<String> RESERVED =
      Set.of("id", "destination", "ack", "receipt", "content-length");
  private static final int PREFETCH = 100;
  private static final SubscribeOptions DEFAULTS =
      new SubscribeOptions(
          Acknowledgement.AFTER_PROCESSING,
          null,
          PREFETCH,
          Headers.empty(),
          WhenFull.BLOCK,
          Handling.defaults(),
          null,
          Reading.defaults());

  /** Refuses headers that the client writes itself, and what does not go together. */
  public SubscribeOptions {
    if (prefetch < 0) {
      throw new IllegalArgumentException("prefetch must not be negative: " + prefetch);
    }
    for (String name : RESERVED) {
      if (headers.has(name)) {
        throw new IllegalArgumentException(
            "header '" + name + "' of SUBSCRIBE is written by the client");
      }
    }
    if (acknowledgement == Acknowledgement.BATCHED
        && handling.onError() instanceof ErrorPolicy.Leave) {
      throw new IllegalArgumentException(
          "a failed message can't be left with BATCHED, since an ACK covers all messages before"
              + " it; use AFTER_PROCESSING, or another error policy");
    }
    if (reading.access() == Reading.Access.BROWSE && acknowledgement != Acknowledgement.BROKER) {
      throw new IllegalArgumentException(
          "what is browsed stays in its queue, so there is nothing to acknowledge, but the"
              + " acknowledgement is "
              + acknowledgement
              + "; leave it as browse() has set it");
    }
  }

  /**
   * Acknowledged after processing, an id of the client's, 100 messages under way, no reading while
   * the queue is full, one message at a time, NACK for those whose handler throws.
   */
  public static SubscribeOptions defaults() {
    return DEFAULTS;
  }

  /** Returns them with another acknowledgement. */
  public SubscribeOptions with(Acknowledgement other) {
    return new SubscribeOptions(
        other, id, prefetch, headers, whenFull, handling, duplicates, reading);
  }

  /** Returns them with the program's own id; it must differ from those of other subscriptions. */
  public SubscribeOptions withId(String other) {
    return new SubscribeOptions(
        acknowledgement, other, prefetch, headers, whenFull, handling, duplicates, reading);
  }

  /** Returns them with another number of messages under way. */
  public SubscribeOptions withPrefetch(int messages) {
    return new SubscribeOptions(
        acknowledgement, id, messages, headers, whenFull, handling, duplicates, reading);
  }

  /** Returns them with one more header. */
  public SubscribeOptions withHeader(String name, String value) {
    Headers more = headers.toBuilder().add(name, value).build();
    return new SubscribeOptions(
        acknowledgement, id, prefetch, more, whenFull, handling, duplicates, reading);
  }

  /**
   * Returns them with a condition on the headers of messages, in the broker's own language: SQL92
   * on ActiveMQ Classic and Artemis, such as {@code price > 10}. Others refuse.
   */
  public SubscribeOptions selector(String condition) {
    return with(reading.withSelector(condition));
  }

  /**
   * Returns them for a durable subscription: the broker keeps messages of the topic while the
   * program is away, until {@link Subscription#remove}. Subscribing again with the same name
   * resumes it. ActiveMQ Classic and Artemis want the same {@code client-id} in each CONNECT as
   * well, see {@link Offer#withHeader}; on RabbitMQ it is the name of a queue.
   */
  public SubscribeOptions durable(String name) {
    return with(reading.withDurableName(name));
  }

  /**
   * Returns them for a consumer that gets all messages of its queue while it is there: ActiveMQ
   * Classic. Others refuse.
   */
  public SubscribeOptions exclusive() {
    return with(reading.with(Reading.Access.EXCLUSIVE));
  }

  /**
   * Returns them for copies of the messages that are in a queue: ActiveMQ Classic. Others refuse.
   * The subscription ends by itself behind the last of them. It is not made again after a loss, but
   * fails. There is nothing to acknowledge.
   */
  public SubscribeOptions browse() {
    return with(Acknowledgement.BROKER).with(reading.with(Reading.Access.BROWSE));
  }

  /** Returns them with another answer to a full queue. */
  public SubscribeOptions with(WhenFull other) {
    return new SubscribeOptions(
        acknowledgement, id, prefetch, headers, other, handling, duplicates, reading);
  }

  /**
   * Returns them with a filter of messages that were processed before; by default there is none.
   */
  public SubscribeOptions with(DuplicateFilter filter) {
    return new SubscribeOptions(
        acknowledgement, id, prefetch, headers, whenFull, handling, filter, reading);
  }

  /** Returns them with another policy for messages whose handler throws. */
  public SubscribeOptions with(ErrorPolicy policy) {
    return with(handling.with(policy));
  }

  /** Returns them with a listener that hears of every message whose handler throws. */
  public SubscribeOptions onError(HandlerErrorListener listener) {
    return with(handling.with(listener));
  }

  /**
   * Returns them with another number of messages that are processed at a time, each on a thread of
   * its own. Above 1 they may end in any order. A cumulative ACK of {@link Acknowledgement#BATCHED}
   * waits for the oldest message that is not processed yet.
   */
  public SubscribeOptions concurrency(int handlers) {
    return with(handling.with(handlers));
  }

  /**
   * Returns them with a key: messages with equal keys are processed in the order in which they
   * came, one at a time; it matters with {@link #concurrency} above 1 only.
   */
  public SubscribeOptions orderedBy(OrderKey key) {
    return with(handling.with(key));
  }

  private SubscribeOptions with(Handling other) {
    return new SubscribeOptions(
        acknowledgement, id, prefetch, headers, whenFull, other, duplicates, reading);
  }

  private SubscribeOptions with(Reading other) {
    return new SubscribeOptions(
        acknowledgement, id, prefetch, headers, whenFull, handling, duplicates, other);
  }
}
