package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Expiry;
import io.stompbox.protocol.frame.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a message asks of the broker, to be said in that broker's words when it is sent. */
sealed interface SendTerm {
  /**
   * Returns it as a header.
   *
   * @throws IllegalArgumentException if the broker has none for it
   */
  Header header(BrokerProfile profile);

  /** Whether a later one takes the place of this. */
  default boolean isReplacedBy(SendTerm later) {
    return getClass().equals(later.getClass());
  }

  /** Which goes first. */
  record Priority(int value) implements SendTerm {
    private static final int HIGHEST = 9;

    /** Refuses what Artemis would confirm and never deliver. */
    public Priority {
      if (value < 0 || value > HIGHEST) {
        throw new IllegalArgumentException("priority must be from 0 to 9: " + value);
      }
    }

    @Override
    public Header header(BrokerProfile profile) {
      String name = known(profile.headers().messages().priority(), "priority " + value, profile);
      return new Header(name, Integer.toString(value));
    }
  }

  /** How long the broker keeps it. */
  record ExpiresAfter(Duration timeToLive) implements SendTerm {
    public ExpiresAfter {
      positive("the time to live", timeToLive);
    }

    @Override
    public Header header(BrokerProfile profile) {
      Expiry expiry = known(profile.headers().expiry(), "expiry after " + timeToLive, profile);
      return expiry.header(timeToLive, TimeOfDay.now());
    }

    @Override
    public boolean isReplacedBy(SendTerm later) {
      return later instanceof ExpiresAfter || later instanceof ExpiresAt;
    }
  }

  /** Until when the broker keeps it. */
  record ExpiresAt(Instant end) implements SendTerm {
    @Override
    public Header header(BrokerProfile profile) {
      Expiry expiry = known(profile.headers().expiry(), "expiry at " + end, profile);
      return expiry.header(end, TimeOfDay.now());
    }

    @Override
    public boolean isReplacedBy(SendTerm later) {
      return later instanceof ExpiresAfter || later instanceof ExpiresAt;
    }
  }

  /** How long the broker holds it back. */
  record Delay(Duration duration) implements SendTerm {
    public Delay {
      positive("the delay", duration);
    }

    @Override
    public Header header(BrokerProfile profile) {
      String name = known(profile.headers().messages().delay(), "delay of " + duration, profile);
      return new Header(name, Long.toString(duration.toMillis()));
    }
  }

  /** With which others it goes to one consumer. */
  record Group(String name) implements SendTerm {
    public Group {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("the name of the group is empty");
      }
    }

    @Override
    public Header header(BrokerProfile profile) {
      String header = known(profile.headers().messages().group(), "group '" + name + "'", profile);
      return new Header(header, name);
    }
  }

  /** A header of the program whose value is found when the message is sent. */
  record Calculated(String name, Supplier<String> value) implements SendTerm {
    @Override
    public Header header(BrokerProfile profile) {
      return new Header(name, value.get());
    }

    @Override
    public boolean isReplacedBy(SendTerm later) {
      return later instanceof Calculated other && other.name().equals(name);
    }
  }

  private static void positive(String what, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(what + " must be at least 1 ms: " + duration);
    }
  }

  private static <T> T known(@Nullable T header, String wish, BrokerProfile profile) {
    if (header == null) {
      throw profile.unable("a message with " + wish);
    }
    return header;
  }
}
