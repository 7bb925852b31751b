package io.stompbox.client;

import static java.util.stream.Collectors.joining;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.StompException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why attempts to connect failed, and whether it is any use to go on: the last failure of each
 * broker, and the last ones of all, since endless retries must not fill the memory.
 */
final class AttemptFailures {
  private static final int KEPT = 10;

  /** Characters of all reasons, shared by the brokers; one alone never comes near. */
  private static final int ROOM = 1500;

  /** Enough for an address and the beginning of a reason. */
  private static final int LEAST_ROOM = 80;

  /** How many brokers a message names, those that were tried last. */
  private static final int MOST_NAMED = 20;

  /** How many brokers there are to try. */
  private final int brokers;

  private final int refusalsAllowed;

  /** Why there are attempts at all; null for the first connection. */
  private final @Nullable StompException loss;

  /** The last failure of each broker that was tried, by address, the latest at the end. */
  private final Map<String, Attempt> byBroker = new LinkedHashMap<>();

  private final ArrayDeque<StompException> last = new ArrayDeque<>();

  /** Null before the first. */
  private @Nullable Attempt latest;

  private int attempts;
  private int refusals;

  /**
   * Creates one without failures.
   *
   * @param refusalsAllowed with how many refusals it is final, once all brokers were tried
   */
  AttemptFailures(
      Collection<BrokerAddress> brokers, int refusalsAllowed, @Nullable StompException loss) {
    this.brokers = (int) brokers.stream().map(BrokerAddress::toString).distinct().count();
    this.refusalsAllowed = refusalsAllowed;
    this.loss = loss;
  }

  private record Attempt(BrokerAddress broker, StompException failure) {
    /** Names the broker, which not every failure does by itself. */
    String text(int room) {
      String name = broker.toString();
      String reason = shortened(failure.getMessage(), room);
      return names(reason, name)
          ? reason
          : name + ": " + shortened(reason, Math.max(LEAST_ROOM, room - name.length()));
    }

    /** Another port may begin with the same digits. */
    private static boolean names(String reason, String name) {
      int end = reason.indexOf(name) + name.length();
      return end >= name.length()
          && (end == reason.length() || !Character.isDigit(reason.charAt(end)));
    }

    private static String shortened(String text, int room) {
      if (text.length() <= room) {
        return text;
      }
      int end = Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
      return text.substring(0, end) + "...";
    }
  }

  void add(BrokerAddress broker, StompException failure) {
    attempts++;
    latest = new Attempt(broker, failure);
    refusals += isRefusal(failure) ? 1 : 0;
    byBroker.remove(broker.toString());
    byBroker.put(broker.toString(), latest);
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(failure);
  }

  /** Whether a broker refused, so that trying again hardly helps, and no other will have us. */
  boolean isFinal() {
    return refusals >= refusalsAllowed && byBroker.size() >= brokers;
  }

  /** A broker that is down may come back; a login, a version or a certificate stays wrong. */
  private static boolean isRefusal(StompException failure) {
    if (failure instanceof BrokerErrorException || failure instanceof ProtocolException) {
      return true;
    }
    Throwable cause = failure.getCause();
    while (cause != null
        && !(cause instanceof CertificateException)
        && !(cause instanceof CertPathValidatorException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /**
   * Returns the last failure with those before it, or what led to the attempts if none was made.
   * With several brokers the message has the last failure of each.
   */
  StompException summary() {
    Attempt tried = latest;
    if (tried == null) {
      return loss != null
          ? loss
          : new ConnectionLostException("no attempt to connect is allowed", Sent.NOT_SENT);
    }
    if (brokers <= 1 && (attempts == 1 || isFinal())) {
      return tried.failure();
    }
    Map<BrokerAddress, StompException> all = new LinkedHashMap<>();
    byBroker.values().forEach(attempt -> all.put(attempt.broker(), attempt.failure()));
    Map<BrokerAddress, StompException> each = Collections.unmodifiableMap(all);
    StompException summary =
        lastError()
            .<StompException>map(error -> new BrokerErrorException(message(), each, error))
            .orElseGet(
                () ->
                    ConnectionLostException.connecting(
                        tried.broker(), message(), each, tried.failure()));
    last.stream().filter(earlier -> earlier != tried.failure()).forEach(summary::addSuppressed);
    return summary;
  }

  private String message() {
    int room = Math.max(LEAST_ROOM, ROOM / byBroker.size());
    int unnamed = Math.max(0, byBroker.size() - MOST_NAMED);
    String others =
        switch (unnamed) {
          case 0 -> "";
          case 1 -> "1 broker before these; ";
          default -> unnamed + " brokers before these; ";
        };
    return byBroker.values().stream()
            .skip(unnamed)
            .map(attempt -> attempt.text(room))
            .collect(joining("; ", others, ""))
        + (attempts == 1 ? "" : " (the last of " + attempts + " attempts)");
  }

  private Optional<BrokerErrorException> lastError() {
    return byBroker.values().stream()
        .map(Attempt::failure)
        .filter(BrokerErrorException.class::isInstance)
        .map(BrokerErrorException.class::cast)
        .reduce((earlier, later) -> later);
  }
}
