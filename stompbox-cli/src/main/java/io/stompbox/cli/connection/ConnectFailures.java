package io.stompbox.cli.connection;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.frame.StompException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What to say when there is no connection, to one broker or to several. */
final class ConnectFailures {
  /** With the failure itself and where the address comes from, that makes four lines. */
  private static final int MOST_ADVICE = 2;

  private static final FailoverUri DEFAULT = FailoverUri.parse(LayerSources.DEFAULT_URI);
  private static final List<String> NO_BROKER_HERE =
      List.of(PlaceAdvice.IS_IT_THERE, "`stompbox broker` starts one; --server names another");

  private ConnectFailures() {}

  /** Names besides where the values come from that may be wrong. */
  static Failure of(StompException thrown, Target target) {
    Failure failure = of(thrown, target.brokers(), target.settings().keySet());
    return failure.code() == ExitCode.INTERRUPTED
        ? failure
        : failure.withAdvice(originFor(thrown, target));
  }

  private static Optional<String> originFor(StompException thrown, Target target) {
    Optional<String> ofServer = target.origin(Context.SERVER);
    if (thrown instanceof BrokerErrorException refusal) {
      return BrokerFailure.isAboutVirtualHost(refusal)
          ? (target.origins().containsKey("virtualHost") ? target.origin("virtualHost") : ofServer)
              .map(place -> "the virtual host comes from " + place)
          : target.account().origin();
    }
    return ofServer.map(place -> "the address comes from " + place);
  }

  static Failure of(StompException thrown, FailoverUri brokers, Set<String> settings) {
    if (isInterruption(thrown)) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted while connecting", List.of(), thrown);
    }
    List<BrokerFailure> failures = failures(thrown, brokers, settings);
    if (failures.size() > 1) {
      return new Failure(code(failures), thrown.getMessage(), adviceOf(failures), thrown);
    }
    BrokerFailure only = failures.get(0);
    boolean isNobodyHere = brokers.equals(DEFAULT) && only.isNobodyThere();
    return new Failure(
        only.code(),
        only.thrown() == thrown ? only.sentence() : thrown.getMessage(),
        isNobodyHere ? NO_BROKER_HERE : only.advice(),
        thrown);
  }

  /** Who interrupts connecting finds the thread still interrupted. */
  private static boolean isInterruption(Throwable thrown) {
    if (Thread.currentThread().isInterrupted()) {
      return true;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (Failure.isInterruption(cause)) {
        return true;
      }
    }
    return false;
  }

  /** One of each broker that was tried, and at least one. */
  private static List<BrokerFailure> failures(
      StompException thrown, FailoverUri brokers, Set<String> settings) {
    Map<BrokerAddress, StompException> attempts =
        thrown instanceof ConnectionLostException lost
            ? lost.attempts()
            : thrown instanceof BrokerErrorException refusal ? refusal.attempts() : Map.of();
    // What stands for one attempt is of a list of one.
    return attempts.isEmpty()
        ? List.of(new BrokerFailure(brokers.brokers().get(0), thrown, settings))
        : attempts.entrySet().stream()
            .map(attempt -> new BrokerFailure(attempt.getKey(), attempt.getValue(), settings))
            .toList();
  }

  /** A refusal says most; that all are silent is more than that one of them is. */
  private static ExitCode code(List<BrokerFailure> failures) {
    List<ExitCode> codes = failures.stream().map(BrokerFailure::code).distinct().toList();
    if (codes.size() == 1) {
      return codes.get(0);
    }
    return codes.contains(ExitCode.REFUSED) ? ExitCode.REFUSED : ExitCode.CANNOT_CONNECT;
  }

  /** What is not meant for all of them says for which, and what is special comes first. */
  private static List<String> adviceOf(List<BrokerFailure> failures) {
    if (failures.stream().map(BrokerFailure::advice).distinct().count() == 1) {
      return failures.get(0).advice();
    }
    Map<String, List<BrokerFailure>> byLine =
        failures.stream()
            .sorted(comparing(BrokerFailure::kind))
            .collect(groupingBy(failure -> failure.advice().get(0), LinkedHashMap::new, toList()));
    return byLine.entrySet().stream()
        .map(entry -> whose(entry.getValue()) + ": " + entry.getKey())
        .limit(MOST_ADVICE)
        .toList();
  }

  private static String whose(List<BrokerFailure> same) {
    return same.size() == 1 ? same.get(0).broker().toString() : same.size() + " brokers";
  }
}
