package io.stompbox.protocol.failover;

import static java.util.stream.Collectors.joining;

import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.PercentEncoding.Malformed;
import io.stompbox.protocol.failover.ReconnectPolicy.BrokerOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A broker, or a list of them with the way to fail over between them, in ActiveMQ's notation:
 *
 * <pre>
 * stomp://host:61613
 * failover:(stomp+ssl://a:61614,stomp+ssl://b:61614)?randomize=false,maxReconnectAttempts=5
 * </pre>
 *
 * <p>The brackets may be left out, and options may be separated by commas or ampersands. The
 * options are those of ActiveMQ. In brackets is what an option means that is not set while another
 * one is; for text without options see {@link #policy()}.
 *
 * <ul>
 *   <li>{@code initialReconnectDelay} (10): milliseconds before the first retry; the first attempt
 *       comes at once. Less than 0 counts as 0.
 *   <li>{@code maxReconnectDelay} (30000): no delay is longer, in milliseconds.
 *   <li>{@code useExponentialBackOff} (true): whether each delay is the one before, multiplied.
 *   <li>{@code backOffMultiplier} (2.0): by what.
 *   <li>{@code reconnectDelayJitter} (0): up to so many milliseconds are added to each delay by
 *       chance, below the maximum.
 *   <li>{@code maxReconnectAttempts} (-1): retries after a connection was lost; -1 never gives up,
 *       0 leaves the one attempt that comes at once, and so does any other number below 0.
 *   <li>{@code startupMaxReconnectAttempts} (each broker once): the same before the first
 *       connection. ActiveMQ takes 0 for no limit here, stompest for a single attempt, as it is
 *       here.
 *   <li>{@code randomize} (true): whether brokers are shuffled, anew for each pass through the
 *       list.
 *   <li>{@code priorityBackup} (false): whether brokers on this machine come first in each pass. It
 *       is an order only: nobody goes back to such a broker while another connection works.
 * </ul>
 *
 * <p>Whoever connects may read settings of its own from the same place, see {@link #parse(String,
 * Predicate)}.
 *
 * @param brokers at least one, in the order of the text
 * @param options what the text sets of the options above, by name
 * @param settings what it sets besides, by name, percent-decoded once. {@link #toString()} leaves
 *     them out, since there may be secrets among them
 */
public record FailoverUri(
    List<BrokerAddress> brokers, Map<String, String> options, Map<String, String> settings) {
  private static final String PREFIX = "failover:";

  /** Copies all in their order, and checks the options. */
  public FailoverUri {
    if (brokers.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one broker");
    }
    brokers = List.copyOf(brokers);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    OptionValues.check(options, hint(brokers));
  }

  /** Creates one without settings; checks the options. */
  public FailoverUri(List<BrokerAddress> brokers, Map<String, String> options) {
    this(brokers, options, Map.of());
  }

  /** The names of the options above, in the order of the alphabet. */
  public static Set<String> optionNames() {
    return OptionValues.names();
  }

  /** Without brackets a query can't be told from options. */
  private static String hint(List<BrokerAddress> brokers) {
    return brokers.stream().anyMatch(broker -> broker.scheme().isWebSocket())
        ? "; the query of a WebSocket address stands in the brackets: failover:(ws://host/path?query)"
        : "";
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is not such a URI; the message says which part and does
   *     not repeat credentials
   */
  public static FailoverUri parse(String text) {
    return parse(text, name -> false);
  }

  /**
   * Reads the text, which may have settings among its options.
   *
   * @param isSetting whether the caller knows a setting of this name; it checks the value itself
   * @throws IllegalArgumentException as {@link #parse(String)} does
   */
  public static FailoverUri parse(String text, Predicate<String> isSetting) {
    String rest = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    if (rest.startsWith("//(")) {
      rest = rest.substring(2);
    }
    String list = rest;
    String tail = "";
    if (rest.startsWith("(")) {
      int close = rest.indexOf(')');
      if (close < 0) {
        throw bad(text, "the bracket that opens the list is never closed");
      }
      list = rest.substring(1, close);
      tail = rest.substring(close + 1);
      if (!tail.isEmpty() && !tail.startsWith("?")) {
        throw bad(text, "after the closing bracket only '?' and options may follow");
      }
    } else if (rest.indexOf('?') >= 0) {
      list = rest.substring(0, rest.indexOf('?'));
      tail = rest.substring(rest.indexOf('?'));
    }
    List<BrokerAddress> brokers = brokers(text, list);
    Map<String, String> options = options(text, tail.isEmpty() ? "" : tail.substring(1));
    Map<String, String> settings = takeOut(options, isSetting);
    settings.replaceAll((name, value) -> decoded(text, name, value));
    return new FailoverUri(brokers, options, settings);
  }

  private static Map<String, String> takeOut(
      Map<String, String> options, Predicate<String> isSetting) {
    Map<String, String> settings = new LinkedHashMap<>(options);
    settings.keySet().removeIf(isSetting.negate());
    options.keySet().removeAll(settings.keySet());
    return settings;
  }

  private static String decoded(String text, String name, String value) {
    try {
      return PercentEncoding.decode(value);
    } catch (Malformed e) {
      throw bad(text, "the option '" + name + "': " + e.getMessage());
    }
  }

  private static List<BrokerAddress> brokers(String text, String list) {
    if (list.isEmpty()) {
      throw bad(text, "there is no broker in it; write for example stomp://localhost:61613");
    }
    List<BrokerAddress> brokers = new ArrayList<>();
    String[] addresses = list.split(",", -1);
    for (int i = 0; i < addresses.length; i++) {
      // A comma in a passcode cuts it in two, and the first half does not look like one.
      String shown = text.indexOf('@') < 0 ? addresses[i] : text;
      String place =
          addresses.length == 1 ? "" : "address " + (i + 1) + " of " + addresses.length + ": ";
      brokers.add(BrokerAddress.parse(addresses[i], shown, place));
    }
    return brokers;
  }

  private static Map<String, String> options(String text, String options) {
    Map<String, String> found = new LinkedHashMap<>();
    if (options.isEmpty()) {
      return found;
    }
    if (options.indexOf('@') >= 0) {
      throw bad(text, "a '?' in login or passcode must be written %3F; no option has an '@'");
    }
    for (String option : options.split("[,&]", -1)) {
      int equals = option.indexOf('=');
      if (equals <= 0) {
        // It may be the second half of a passcode that has a comma.
        String shown =
            PercentEncoding.withoutSecretOptions(options).contains(option) ? option : "***";
        throw bad(text, "the option '" + shown + "' must look like name=value");
      }
      String name = option.substring(0, equals);
      if (found.put(name, option.substring(equals + 1)) != null) {
        throw bad(text, "the option '" + name + "' is there twice");
      }
    }
    return found;
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException(
        PercentEncoding.printable(
            "not a broker URI: '" + PercentEncoding.withoutCredentials(text) + "': " + why));
  }

  /**
   * Returns the policy that the options describe. Text without any of them gives {@link
   * ReconnectPolicy#standard()}; as soon as one is set, the others have ActiveMQ's defaults.
   */
  public ReconnectPolicy policy() {
    return options.isEmpty() ? ReconnectPolicy.standard() : policy(ReconnectPolicy.activeMq());
  }

  /** Returns {@code defaults} with the changes that the options describe. */
  public ReconnectPolicy policy(ReconnectPolicy defaults) {
    OptionValues values = new OptionValues(options);
    ReconnectPolicy policy =
        defaults
            .with(backOff(values, defaults.backOff()))
            .withRetries(values.integer("maxReconnectAttempts").orElse(defaults.retries()))
            .with(values.bool("randomize").map(FailoverUri::order).orElse(defaults.order()));
    Optional<Integer> startup = values.integer("startupMaxReconnectAttempts");
    policy = startup.isPresent() ? policy.withStartupRetries(startup.get()) : policy;
    return values.bool("priorityBackup").map(policy::withLocalFirst).orElse(policy);
  }

  private static BrokerOrder order(boolean randomize) {
    return randomize ? BrokerOrder.RANDOM : BrokerOrder.AS_LISTED;
  }

  private static BackOff backOff(OptionValues values, BackOff defaults) {
    boolean exponential = values.bool("useExponentialBackOff").orElse(true);
    return new BackOff(
        values.integer("initialReconnectDelay").map(Duration::ofMillis).orElse(defaults.initial()),
        values.integer("maxReconnectDelay").map(Duration::ofMillis).orElse(defaults.most()),
        exponential ? values.decimal("backOffMultiplier").orElse(defaults.multiplier()) : 1,
        values.integer("reconnectDelayJitter").map(FailoverUri::jitter).orElse(defaults.jitter()),
        defaults.rhythm());
  }

  private static Jitter jitter(int millis) {
    return millis <= 0 ? new Jitter.None() : new Jitter.Additive(Duration.ofMillis(millis));
  }

  /** Returns the text in its full form, without credentials and settings. */
  @Override
  public String toString() {
    return brokers.stream().map(BrokerAddress::toString).collect(joining(",", PREFIX + "(", ")"))
        + options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(joining(",", options.isEmpty() ? "" : "?", ""));
  }
}
