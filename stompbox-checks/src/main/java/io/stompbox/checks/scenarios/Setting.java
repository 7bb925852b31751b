package io.stompbox.checks.scenarios;

import io.stompbox.client.Timeouts;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Arguments.Pair;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What {@code options} can set of a client. */
@FunctionalInterface
interface Setting {
  /** The settings by their names. */
  Map<String, Setting> ALL = all();

  /**
   * Applies a value.
   *
   * @throws IllegalArgumentException that says how values are written
   */
  void apply(ClientSettings settings, String value);

  /** Returns the setting of a pair, checked with settings that nobody uses. */
  static Setting of(Pair pair, Arguments arguments) {
    Setting setting = ALL.get(pair.name());
    if (setting == null) {
      throw arguments.complaint("'" + pair.name() + "'", "settings are " + ALL.keySet());
    }
    try {
      setting.apply(new ClientSettings(List.of()), pair.value());
    } catch (IllegalArgumentException e) {
      String found = "'" + pair.name() + ":" + pair.value() + "'";
      throw arguments.complaint(found, String.valueOf(e.getMessage()));
    }
    return setting;
  }

  private static Map<String, Setting> all() {
    Map<String, Setting> all = new LinkedHashMap<>();
    all.put("login", (settings, value) -> settings.login = value);
    all.put("passcode", (settings, value) -> settings.passcode = value);
    all.put(
        "versions",
        (settings, value) ->
            settings.offer =
                settings.offer.with(
                    Arrays.stream(value.split(","))
                        .map(Setting::version)
                        .collect(Collectors.toSet())));
    all.put(
        "heart-beat",
        (settings, value) -> settings.offer = settings.offer.with(HeartBeat.parse(value)));
    all.put("heart-beat-grace", Setting::grace);
    all.put("time", Setting::time);
    all.put(
        "virtual-host",
        (settings, value) -> settings.offer = settings.offer.withVirtualHost(value));
    all.put("connect-timeout", timeout(Timeouts::withConnect));
    all.put("receipt-timeout", timeout(Timeouts::withReceipt));
    all.put("space-timeout", timeout(Timeouts::withSpace));
    all.put("delivery-timeout", timeout(Timeouts::withDelivery));
    all.put("write-stall-timeout", timeout(Timeouts::withWriteStall));
    all.put("close-timeout", timeout(Timeouts::withClose));
    all.put("reconnect-delay", Setting::reconnectDelay);
    all.put("reconnects", Setting::reconnects);
    all.put(
        "first-retries",
        (settings, value) ->
            settings.reconnect = settings.reconnect.withStartupRetries(number(value)));
    all.put(
        "unconfirmed",
        (settings, value) -> settings.bounds = settings.bounds.withUnconfirmed(number(value)));
    all.put(
        "outgoing-frames",
        (settings, value) ->
            settings.bounds =
                settings.bounds.withOutgoing(number(value), settings.bounds.outgoingOctets()));
    all.put(
        "incoming-messages",
        (settings, value) ->
            settings.bounds =
                settings.bounds.withIncoming(number(value), settings.bounds.incomingOctets()));
    all.put(
        "body-limit",
        (settings, value) -> settings.limits = settings.limits.withBody(number(value)));
    all.put(
        "line-limit",
        (settings, value) -> settings.limits = settings.limits.withLine(number(value)));
    all.put(
        "header-limit",
        (settings, value) -> settings.limits = settings.limits.withHeaders(number(value)));
    return all;
  }

  private static Version version(String text) {
    return Version.of(text)
        .orElseThrow(() -> new IllegalArgumentException("versions are 1.0, 1.1 and 1.2"));
  }

  private static void time(ClientSettings settings, String value) {
    if (!value.equals("manual")) {
      throw new IllegalArgumentException("time is manual, or goes by itself");
    }
    settings.clock = new ManualClock();
  }

  private static void grace(ClientSettings settings, String value) {
    HeartBeatTolerance now = settings.offer.tolerance();
    settings.offer =
        settings.offer.with(
            new HeartBeatTolerance(now.sendAfter(), now.giveUpAfter(), duration(value)));
  }

  private static Setting timeout(BiFunction<Timeouts, Duration, Timeouts> change) {
    return (settings, value) ->
        settings.timeouts = change.apply(settings.timeouts, duration(value));
  }

  private static void reconnectDelay(ClientSettings settings, String value) {
    settings.reconnect = settings.reconnect.with(ClientSettings.delay(duration(value)));
  }

  private static void reconnects(ClientSettings settings, String value) {
    int number = value.equals("never") ? ReconnectPolicy.NO_ATTEMPT : number(value);
    settings.reconnect = settings.reconnect.withRetries(number);
  }

  private static Duration duration(String value) {
    return Arguments.durationOf(value)
        .orElseThrow(() -> new IllegalArgumentException("a time is 200ms, 5s or 1m"));
  }

  private static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a number such as 3 is expected", e);
    }
  }
}
