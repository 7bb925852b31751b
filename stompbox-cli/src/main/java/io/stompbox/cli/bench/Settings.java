package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Extent;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.connection.DurationConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A plan in the words of the options. */
final class Settings {
  private Settings() {}

  static Map<String, String> of(BenchPlan plan) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("destination", plan.destination());
    extent(plan.extent(), settings);
    settings.put("connections", String.valueOf(plan.connections()));
    if (plan.producing().producers() > 0) {
      producing(plan, settings);
    }
    if (plan.kind() != BenchKind.SEND) {
      consuming(plan.consuming(), settings);
    }
    return settings;
  }

  private static void extent(Extent extent, Map<String, String> settings) {
    if (extent.count() != null) {
      settings.put("count", String.valueOf(extent.count()));
    }
    Duration time = extent.time();
    if (time != null) {
      settings.put("for", DurationConverter.text(time));
    }
    if (!extent.warmUp().isZero()) {
      settings.put("warmup", DurationConverter.text(extent.warmUp()));
    }
  }

  private static void producing(BenchPlan plan, Map<String, String> settings) {
    Producing how = plan.producing();
    settings.put(
        plan.kind() == BenchKind.RTT ? "pairs" : "producers", String.valueOf(how.producers()));
    settings.put(
        "rate",
        how.rate() == 0
            ? "as fast as possible"
            : BigDecimal.valueOf(how.rate()).stripTrailingZeros().toPlainString());
    settings.put("size", String.valueOf(how.size()));
    if (how.transaction() > 0) {
      settings.put("tx", String.valueOf(how.transaction()));
    } else if (plan.kind() != BenchKind.RTT) {
      settings.put("window", String.valueOf(how.window()));
    }
    settings.put("persistent", String.valueOf(how.persistent()));
  }

  private static void consuming(Consuming how, Map<String, String> settings) {
    if (how.consumers() > 0) {
      settings.put("consumers", String.valueOf(how.consumers()));
    }
    settings.put(
        "ack",
        switch (how.acknowledgement()) {
          case AFTER_PROCESSING, MANUAL -> "individual";
          case BATCHED -> "client";
          case BROKER -> "auto";
        });
    settings.put("prefetch", String.valueOf(how.prefetch()));
  }
}
