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
 */
public record SubscribeOptions(
    Acknowledgement acknowledgement, @Nullable String id, int prefetch, Headers headers) {

  private static final Set<String> RESERVED =
      Set.of("id", "destination", "ack", "receipt", "content-length");
  private static final int PREFETCH = 100;
  private static final SubscribeOptions DEFAULTS =
      new SubscribeOptions(Acknowledgement.AFTER_PROCESSING, null, PREFETCH, Headers.empty());

  /** Refuses headers that the client writes itself. */
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
  }

  /** Acknowledged after processing, an id of the client's, 100 messages under way. */
  public static SubscribeOptions defaults() {
    return DEFAULTS;
  }

  /** Returns them with another acknowledgement. */
  public SubscribeOptions with(Acknowledgement other) {
    return new SubscribeOptions(other, id, prefetch, headers);
  }

  /** Returns them with the program's own id; it must differ from those of other subscriptions. */
  public SubscribeOptions withId(String other) {
    return new SubscribeOptions(acknowledgement, other, prefetch, headers);
  }

  /** Returns them with another number of messages under way. */
  public SubscribeOptions withPrefetch(int messages) {
    return new SubscribeOptions(acknowledgement, id, messages, headers);
  }

  /** Returns them with one more header. */
  public SubscribeOptions withHeader(String name, String value) {
    return new SubscribeOptions(
        acknowledgement, id, prefetch, headers.toBuilder().add(name, value).build());
  }
}
