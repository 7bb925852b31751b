package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A URI with the brokers and options that it stands for.
 *
 * @param options with those that the URI leaves to their defaults
 */
record GoodUriCase(String uri, List<String> brokers, Map<String, String> options) implements Case {
  private static final String EXPONENTIAL = "useExponentialBackOff";
  private static final String MULTIPLIER = "backOffMultiplier";

  @Override
  public List<Run> runs() {
    String wanted = brokers + " " + effective(options);
    return List.of(Run.compare("parsing", wanted, parsed()));
  }

  private String parsed() {
    try {
      FailoverUri parsed = FailoverUri.parse(uri);
      Map<String, String> found = options(parsed.policy(SequenceCase.stompest()));
      found.keySet().retainAll(options.keySet());
      return parsed.brokers().stream().map(BrokerAddress::toString).toList() + " " + found;
    } catch (IllegalArgumentException e) {
      return Refusal.shown(e);
    }
  }

  /** A delay that does not grow is one that is multiplied by 1. */
  private static Map<String, String> effective(Map<String, String> options) {
    Map<String, String> effective = new TreeMap<>(options);
    if ("false".equals(effective.remove(EXPONENTIAL))) {
      effective.replace(MULTIPLIER, "1");
    }
    return effective;
  }

  private static Map<String, String> options(ReconnectPolicy policy) {
    BackOff backOff = policy.backOff();
    Map<String, String> options = new TreeMap<>();
    options.put("initialReconnectDelay", millis(backOff.initial()));
    options.put("maxReconnectDelay", millis(backOff.most()));
    options.put(MULTIPLIER, FailoverReader.plain(BigDecimal.valueOf(backOff.multiplier())));
    options.put("reconnectDelayJitter", jitter(backOff.jitter()));
    options.put("maxReconnectAttempts", String.valueOf(policy.retries()));
    policy
        .startupRetries()
        .ifPresent(retries -> options.put("startupMaxReconnectAttempts", String.valueOf(retries)));
    boolean random = policy.order() == ReconnectPolicy.BrokerOrder.RANDOM;
    options.put("randomize", String.valueOf(random));
    options.put("priorityBackup", String.valueOf(policy.localFirst()));
    return options;
  }

  private static String jitter(BackOff.Jitter jitter) {
    if (jitter instanceof BackOff.Jitter.Additive additive) {
      return millis(additive.most());
    }
    return jitter instanceof BackOff.Jitter.None ? "0" : jitter.toString();
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }
}
