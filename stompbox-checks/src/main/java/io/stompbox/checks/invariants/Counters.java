package io.stompbox.checks.invariants;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was counted from the beginning to the end of {@link Invariants}, over all clients.
 *
 * @param sent sends that asked for a confirmation
 * @param confirmed those that were confirmed
 * @param failed those that were rejected, unknown or not sent
 * @param sentAgain copies of them that were written besides the first
 * @param received MESSAGE frames that came
 * @param lost confirmed messages that the test did not find at the broker; -1 if it did not look
 * @param duplicated second copies that it found there; -1 if it did not look
 * @param staleAcks acknowledgements that were refused because their connection was gone
 * @param staleAcksWritten ACK and NACK frames for what their connection had not brought
 * @param outage the longest time without a connection between two
 * @param threads threads more than at the beginning
 * @param descriptors sockets, pipes and selectors more than at the beginning
 */
public record Counters(
    long sent,
    long confirmed,
    long failed,
    long sentAgain,
    long received,
    long lost,
    long duplicated,
    long staleAcks,
    long staleAcksWritten,
    Duration outage,
    long threads,
    long descriptors) {

  /** One line, each as {@code name=value}; what nobody looked for is a hyphen. */
  @Override
  public String toString() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sent", text(sent));
    all.put("confirmed", text(confirmed));
    all.put("failed", text(failed));
    all.put("sent-again", text(sentAgain));
    all.put("received", text(received));
    all.put("lost", text(lost));
    all.put("duplicated", text(duplicated));
    all.put("stale-acks", text(staleAcks));
    all.put("stale-acks-written", text(staleAcksWritten));
    all.put("outage", outage.toMillis() + "ms");
    all.put("threads", text(threads));
    all.put("descriptors", text(descriptors));
    return all.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static String text(long count) {
    return count < 0 ? "-" : Long.toString(count);
  }
}
