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

  /** How many brokers there are to try. */
  private final int brokers;

  private final int refusalsAllowed;

  /** Why there are attempts at all; null for the first connection. */
  private final @Nullable StompException loss;

  /** The last failure of each broker that was tried, by address, the latest at the end. */
  private final Map<String, StompException> byBroker = new LinkedHashMap<>();

  private final ArrayDeque<StompException> last = new ArrayDeque<>();

  /** The one that was tried last; null before that. */
  private @Nullable BrokerAddress latest;

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

  void add(BrokerAddress broker, StompException failure) {
    attempts++;
    latest = broker;
    refusals += isRefusal(failure) ? 1 : 0;
    byBroker.remove(broker.toString());
    byBroker.put(broker.toString(), failure);
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
    StompException failure = last.pollLast();
    if (failure == null || latest == null) {
      return loss != null
          ? loss
          : new ConnectionLostException("no attempt to connect is allowed", Sent.NOT_SENT);
    }
    if (attempts == 1 || (byBroker.size() == 1 && isFinal())) {
      return failure;
    }
    String message =
        byBroker.values().stream().map(StompException::getMessage).collect(joining("; "))
            + " (the last of "
            + attempts
            + " attempts)";
    BrokerAddress tried = latest;
    StompException summary =
        lastError()
            .<StompException>map(error -> new BrokerErrorException(message, error))
            .orElseGet(
                () -> ConnectionLostException.connecting(tried, message, Sent.NOT_SENT, failure));
    last.forEach(summary::addSuppressed);
    return summary;
  }

  private Optional<BrokerErrorException> lastError() {
    return byBroker.values().stream()
        .filter(BrokerErrorException.class::isInstance)
        .map(BrokerErrorException.class::cast)
        .reduce((earlier, later) -> later);
  }
}
