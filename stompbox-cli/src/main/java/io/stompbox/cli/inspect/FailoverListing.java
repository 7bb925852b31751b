package io.stompbox.cli.inspect;

import io.stompbox.cli.json.JsonLine;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.client.ClientSetting;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverSchedule;
import io.stompbox.protocol.failover.FailoverSchedule.Attempt;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.failover.ReconnectPolicy.BrokerOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Writes what a failover URI says: what it means, then attempt by attempt. */
final class FailoverListing {
  private final FailoverUri uri;
  private final ReconnectPolicy policy;
  private final Output output;
  private final OutputForm form;

  FailoverListing(FailoverUri uri, ReconnectPolicy policy, Output output, OutputForm form) {
    this.uri = uri;
    this.policy = policy;
    this.output = output;
    this.form = form;
  }

  void showPolicy() {
    if (form == OutputForm.JSON) {
      output.line(JsonLine.of(this::writePolicy));
      return;
    }
    policy().forEach((name, value) -> output.line(String.format("%-10s %s", name, value)));
    output.line("");
  }

  private void writePolicy(JsonGenerator json) {
    json.writeArrayPropertyStart("brokers");
    uri.brokers().forEach(broker -> json.writeString(broker.toString()));
    json.writeEndArray();
    policy().forEach(json::writeStringProperty);
    json.writeObjectPropertyStart("options");
    uri.options().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeObjectPropertyStart("settings");
    settings().forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private Map<String, String> policy() {
    Map<String, String> lines = new LinkedHashMap<>();
    if (form == OutputForm.TEXT) {
      lines.put(
          "brokers",
          uri.brokers().stream().map(BrokerAddress::toString).collect(Collectors.joining(", ")));
    }
    lines.put(
        "order",
        (policy.order() == BrokerOrder.RANDOM ? "shuffled for each pass" : "as listed")
            + (policy.localFirst() ? ", those on this machine first" : ""));
    lines.put("delay", delay(policy.backOff()));
    lines.put(
        "atStart",
        policy.startupRetries().isEmpty()
            ? "each broker once"
            : retries(policy.startupRetries().getAsInt()));
    lines.put("afterLoss", retries(policy.retries()));
    if (form == OutputForm.TEXT) {
      settings().forEach((name, value) -> lines.put("setting " + name, value));
    }
    return lines;
  }

  private static String delay(BackOff backOff) {
    String growth =
        backOff.multiplier() == 1
            ? ""
            : String.format(
                Locale.ROOT, ", times %s up to %s", backOff.multiplier(), millis(backOff.most()));
    return millis(backOff.initial()) + growth + jitter(backOff.jitter());
  }

  private static String jitter(Jitter jitter) {
    if (jitter instanceof Jitter.Additive additive) {
      return ", and up to " + millis(additive.most()) + " more by chance";
    }
    if (jitter instanceof Jitter.Proportional proportional) {
      return ", and up to the " + proportional.share() + "th part more by chance";
    }
    return jitter instanceof Jitter.Full ? ", each anything from 0 to that by chance" : "";
  }

  private static String retries(int number) {
    return switch (number) {
      case ReconnectPolicy.FOREVER -> "for ever";
      case ReconnectPolicy.NO_ATTEMPT -> "no attempt";
      default -> number <= 0 ? "one attempt" : "one attempt and " + number + " more";
    };
  }

  /** The settings of the client, secrets masked. */
  private Map<String, String> settings() {
    Map<String, String> shown = new LinkedHashMap<>();
    uri.settings()
        .forEach(
            (name, value) ->
                shown.put(
                    name,
                    ClientSetting.of(name).map(setting -> setting.shown(value)).orElse("***")));
    return shown;
  }

  void showAttempts(FailoverSchedule schedule, int count) {
    if (form == OutputForm.TEXT) {
      output.line(String.format("%7s %12s %12s  %s", "attempt", "delay", "waited", "broker"));
    }
    Duration waited = Duration.ZERO;
    for (int i = 0; i < count; i++) {
      Optional<Attempt> attempt = schedule.next();
      if (attempt.isEmpty()) {
        showEnd(i);
        return;
      }
      waited = waited.plus(attempt.get().delay());
      show(attempt.get(), waited);
    }
  }

  private void show(Attempt attempt, Duration waited) {
    if (form == OutputForm.TEXT) {
      output.line(
          String.format(
              "%7d %12s %12s  %s",
              attempt.number(), millis(attempt.delay()), millis(waited), attempt.broker()));
      return;
    }
    output.line(
        JsonLine.of(
            json -> {
              json.writeNumberProperty("attempt", attempt.number());
              json.writeNumberProperty("delayMillis", attempt.delay().toMillis());
              json.writeNumberProperty("waitedMillis", waited.toMillis());
              json.writeStringProperty("broker", attempt.broker().toString());
            }));
  }

  private void showEnd(int attempts) {
    if (form == OutputForm.TEXT) {
      output.line("gives up after " + attempts + (attempts == 1 ? " attempt" : " attempts"));
    } else {
      output.line(JsonLine.of(json -> json.writeNumberProperty("givesUpAfter", attempts)));
    }
  }

  /** Less than no time counts as none. */
  private static String millis(Duration duration) {
    return Math.max(0, duration.toMillis()) + "ms";
  }
}
