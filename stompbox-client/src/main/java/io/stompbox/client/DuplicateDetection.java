package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/**
 * Whether confirmed sends carry an id, the same each time a message is sent again, so that a broker
 * or a consumer can tell a second copy from a first. A program may write the header itself as well;
 * its id stays then. What was sent at least once takes effect once with it, as far as the ids are
 * remembered.
 */
public sealed interface DuplicateDetection {
  /**
   * The broker's own header where its profile has one: {@code _AMQ_DUPL_ID} on Artemis, which drops
   * a message whose id it remembers and confirms it. Others get no header. Which it is, is decided
   * when a message is handed over, by the broker of the last connection.
   *
   * @param remembered how many ids the broker remembers for an address (Artemis: {@code
   *     id-cache-size}). With such a broker no more than a quarter of that is unconfirmed at a
   *     time, whatever {@link Bounds#unconfirmed()} allows
   */
  record ByBroker(int remembered) implements DuplicateDetection {
    /** Of so many ids one may be outstanding: others have to be remembered as long. */
    private static final int SHARE = 4;

    /** Refuses what would leave no room for a single send. */
    public ByBroker {
      if (remembered < SHARE) {
        throw new IllegalArgumentException(
            "remembered must be at least " + SHARE + ": " + remembered);
      }
    }
  }

  /** A header of any name, for consumers to look at; brokers take no notice. */
  record InHeader(String name) implements DuplicateDetection {
    /** Refuses an empty name. */
    public InHeader {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("the name of the header for duplicate ids is empty");
      }
    }
  }

  /** No header. */
  record Off() implements DuplicateDetection {}

  /** The broker's own header, if it has one and remembers 20,000 ids as Artemis does. */
  static DuplicateDetection standard() {
    return new ByBroker(20_000);
  }

  /** Returns the header to write for a broker; null if none. */
  default @Nullable String header(BrokerProfile profile) {
    if (this instanceof InHeader own) {
      return own.name();
    }
    return this instanceof ByBroker ? profile.headers().duplicateDetection() : null;
  }

  /** Returns how many sends may be unconfirmed with a broker. */
  default int mostUnconfirmed(BrokerProfile profile) {
    return this instanceof ByBroker known && header(profile) != null
        ? known.remembered() / ByBroker.SHARE
        : Integer.MAX_VALUE;
  }
}
