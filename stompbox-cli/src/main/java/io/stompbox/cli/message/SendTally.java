package io.stompbox.cli.message;

import io.stompbox.cli.process.Octets;
import io.stompbox.client.BodySource;
import io.stompbox.client.Outgoing;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many messages were sent, and what became of them. For one thread at a time. */
final class SendTally {
  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private long sent;
  private long octets;

  void sent(Outgoing message) {
    sent++;
    octets +=
        message.source().map(BodySource::length).orElseGet(() -> (long) message.body().size());
  }

  /** The fate of so many of those that were sent is known. */
  void ended(Fate fate, int messages) {
    fates.merge(fate, (long) messages, Long::sum);
  }

  long sent() {
    return sent;
  }

  long number(Fate fate) {
    return fates.getOrDefault(fate, 0L);
  }

  /** How many have failed for certain, or perhaps. */
  long errors() {
    return Arrays.stream(Fate.values())
        .filter(fate -> fate != Fate.CONFIRMED)
        .mapToLong(this::number)
        .sum();
  }

  /** Returns for example {@code 3 messages (24 B)}. */
  String amount() {
    return "%d message%s (%s)".formatted(sent, sent == 1 ? "" : "s", Octets.text(octets));
  }

  /**
   * Returns for example {@code 2 confirmed, 1 unknown}; failures that did not occur are left out.
   */
  String fates() {
    return Arrays.stream(Fate.values())
        .filter(fate -> fate == Fate.CONFIRMED || number(fate) > 0)
        .map(fate -> number(fate) + " " + fate.text())
        .collect(Collectors.joining(", "));
  }
}
