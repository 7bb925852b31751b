package io.stompbox.protocol.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.BackOff.Rhythm;
import io.stompbox.protocol.failover.ReconnectPolicy.BrokerOrder;
import io.stompbox.protocol.failover.ReconnectPolicy.Loopback;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverUriTest {
  private static final ReconnectPolicy ACTIVE_MQ = ReconnectPolicy.activeMq();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // What stompest reads as well.
        "tcp://a:1                              | failover:(tcp://a:1)",
        "tcp://a:1,tcp://b:2                    | failover:(tcp://a:1,tcp://b:2)",
        "failover:tcp://a:1,ssl://b:2           | failover:(tcp://a:1,ssl://b:2)",
        "failover:(tcp://a:1,ssl://b:2)         | failover:(tcp://a:1,ssl://b:2)",
        "failover:(tcp://a:1)?                  | failover:(tcp://a:1)",
        "tcp://a:1?                             | failover:(tcp://a:1)",
        "tcp://a:99999                          | failover:(tcp://a:99999)",
        "tcp://a:1?randomize=false              | failover:(tcp://a:1)?randomize=false",
        "tcp://a:1,tcp://b:2?randomize=false    | failover:(tcp://a:1,tcp://b:2)?randomize=false",
        // What ActiveMQ reads as well.
        "failover://(tcp://a:1,tcp://b:2)       | failover:(tcp://a:1,tcp://b:2)",
        "(tcp://a:1)?randomize=false            | failover:(tcp://a:1)?randomize=false",
        // What stompest refuses.
        "failover:(tcp://a:1)?randomize=false&maxReconnectAttempts=1"
            + "| failover:(tcp://a:1)?randomize=false,maxReconnectAttempts=1",
        "tcp://[::1]:61613                      | failover:(tcp://[::1]:61613)",
        "tcp://a:1/                             | failover:(tcp://a:1/)",
        "stomp://a                              | failover:(stomp://a:61613)",
        "wss://a/ws,tcp://b:2                   | failover:(wss://a:443/ws,tcp://b:2)",
        "failover:(ws://a?b=c)?randomize=true   | failover:(ws://a:80?***)?randomize=true",
        "failover:(stomp://u:p@a,ssl://v:q@b/x) | failover:(stomp://a:61613,ssl://b:61614/x)",
      })
  void readsBrokersAndOptions(String text, String full) {
    FailoverUri uri = FailoverUri.parse(text);

    assertThat(uri).hasToString(full);
    assertThat(FailoverUri.parse(full)).hasToString(full);
    assertThat(FailoverUri.parse(full).options()).isEqualTo(uri.options());
  }

  @Test
  void eachBrokerHasItsOwnCredentials() {
    FailoverUri uri = FailoverUri.parse("failover:(stomp://u:p%2C@a,stomp://v:q@b)?randomize=true");

    assertThat(uri.brokers())
        .extracting(
            broker -> broker.login().orElseThrow(), broker -> broker.passcode().orElseThrow())
        .containsExactly(tuple("u", "p,"), tuple("v", "q"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> FailoverUri.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  static Stream<Arguments> faults() {
    String none = "there is no broker in it; write for example stomp://localhost:61613";
    String form = "it must look like stomp://host:port";
    String host =
        "a host has letters, digits, '-', '_' and '.'; an IPv6 address stands in brackets:"
            + " stomp://[::1]:61613";
    String known =
        "; known are [backOffMultiplier, initialReconnectDelay, maxReconnectAttempts,"
            + " maxReconnectDelay, priorityBackup, randomize, reconnectDelayJitter,"
            + " startupMaxReconnectAttempts, useExponentialBackOff]";
    return Stream.of(
        badUri("", none),
        badUri("failover:", none),
        badUri("failover:()", none),
        badUri("?randomize=false", none),
        badUri("failover:(tcp://a:1", "the bracket that opens the list is never closed"),
        badUri("(tcp://a:1)x", "after the closing bracket only '?' and options may follow"),
        badUri(
            "failover:(tcp://a:1)?randomize", "the option 'randomize' must look like name=value"),
        badUri("tcp://a:1?randomize=true,", "the option '' must look like name=value"),
        badOption("tcp://localhost:61613??=False", "'?' is not known" + known),
        badUri("tcp://a:1?=1", "the option '=1' must look like name=value"),
        badUri("tcp://a:1?randomize=true&randomize=true", "the option 'randomize' is there twice"),
        badAddress("tcp://:61613", "the host is missing"),
        badAddress("tcp:localhost:61613", form),
        badAddress("tcp:/localhost", form),
        badAddress(
            "udp://a:1",
            "its scheme is not one of [stomp, tcp, stomp+ssl, stomps, ssl, stomp+ws, ws,"
                + " stomp+wss, wss, stomp+unix]"),
        inList("tcp://a:1,", "", "address 2 of 2: " + form),
        inList("failover:(tcp://a:1,b:2,tcp://c)?randomize=true", "b:2", "address 2 of 3: " + form),
        badOption(
            "ws://h/ws?token=1",
            "'token' is not known"
                + known
                + "; the query of a WebSocket address stands in the brackets:"
                + " failover:(ws://host/path?query)"),
        badUri(
            "(tcp://a:1)tcp://b:2)", "after the closing bracket only '?' and options may follow"),
        badAddress("tcp://a:1)", "the port must be a number of at most five digits"),
        badAddress("tcp://a)", host),
        badOption("failover:(tcp://a:1)?timeout=3", "'timeout' is not known" + known),
        badOption("tcp://localhost:61613?a=False", "'a' is not known" + known),
        badOption("tcp://a:1?Randomize=true", "'Randomize' is not known" + known),
        badOption("tcp://a:1?randomize=1", "'randomize' must be true or false, but was '1'"),
        badOption("tcp://a:1?randomize=True", "'randomize' must be true or false, but was 'True'"),
        badOption("tcp://a:1?randomize=", "'randomize' must be true or false, but was ''"),
        Arguments.of(
            "tcp://a:1?randomize=a\nb",
            "the option 'randomize' must be true or false, but was 'a?b'"),
        Arguments.of(
            "tcp://a:1?a\nb",
            "not a broker URI: 'tcp://a:1?a?b': the option 'a?b' must look like name=value"),
        wholeNumber("maxReconnectAttempts", "2.0"),
        wholeNumber("startupMaxReconnectAttempts", "forever"),
        wholeNumber("initialReconnectDelay", "1e3"),
        wholeNumber("maxReconnectDelay", "99999999999"),
        wholeNumber("reconnectDelayJitter", "+1"),
        badOption(
            "tcp://a:1?backOffMultiplier=-2",
            "'backOffMultiplier' must be a number such as 2.0, but was '-2'"),
        badOption(
            "tcp://a:1?backOffMultiplier=NaN",
            "'backOffMultiplier' must be a number such as 2.0, but was 'NaN'"));
  }

  private static Arguments badUri(String text, String why) {
    return Arguments.of(text, "not a broker URI: '" + text + "': " + why);
  }

  private static Arguments badAddress(String text, String why) {
    return inList(text, text, why);
  }

  private static Arguments inList(String text, String address, String why) {
    return Arguments.of(text, "not a broker address: '" + address + "': " + why);
  }

  private static Arguments badOption(String text, String why) {
    return Arguments.of(text, "the option " + why);
  }

  private static Arguments wholeNumber(String name, String value) {
    return badOption(
        "tcp://a:1?" + name + "=" + value,
        "'" + name + "' must be a whole number, but was '" + value + "'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "stomp://u:p,w@h:1                  | not a broker address: 'stomp://***@h:1': address 1 of 2: the port",
        "stomp://u:1,w@h:1                  | not a broker address: 'stomp://***@h:1': address 2 of 2: it"
            + " must",
        "failover:(stomp://u:p)w@h:1)       | not a broker URI: 'failover:(stomp://***@h:1)': after",
        "failover:(stomp://u:1)w@h:1)       | not a broker URI: 'failover:(stomp://***@h:1)': after",
        "failover:(stomp://u:1)?w@h:1)      | not a broker URI: 'failover:(stomp://***@h:1)': a '?'",
        "stomp://u:p?w@h:1                  | not a broker address: 'stomp://***@h:1': the port",
        "stomp://u:1?w@h:1                  | not a broker URI: 'stomp://***@h:1': a '?'",
        "stomp://u:1?w=x@h:1                | not a broker URI: 'stomp://***@h:1': a '?'",
        "failover:(u:p@a,stomp://b)         | not a broker address: '***@a,stomp://b)': address 1 of 2"
            + ": it must",
        "failover:(stomp://u:p@a,stomp://v@b:x) | not a broker address: 'failover:(stomp://***@b:x)'",
        "failover:(stomp://u:p@a)?x         | not a broker URI: 'failover:(stomp://***@a)?x': the",
        "failover:(stomp://u:p@a            | not a broker URI: 'failover:(stomp://***@a': the",
      })
  void hidesAllThatMayBeACredential(String text, String start) {
    assertThatThrownBy(() -> FailoverUri.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws ://u:p@h?token=SECRET",
        "http://h,ws://h2/q?token=A,SECRET",
        "failover:(http://h?token=A)SECRET)",
        "failover:(tcp://h/p?token=SECRET)",
        "failover:(wss://h/q?token=SECRET,tcp://)?randomize=false",
        "ws://h/ws?token=SECRET"
      })
  void neverShowsAToken(String text) {
    assertThatThrownBy(() -> FailoverUri.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("SECRET");
  }

  @Test
  void withoutOptionsThePolicyIsTheStandard() {
    assertThat(FailoverUri.parse("stomp://a").policy()).isEqualTo(ReconnectPolicy.standard());
    assertThat(FailoverUri.parse("failover:(stomp://a,stomp://b)?").policy())
        .isEqualTo(ReconnectPolicy.standard());
  }

  @Test
  void defaultsAreThoseOfActiveMq() {
    assertThat(ACTIVE_MQ)
        .isEqualTo(
            new ReconnectPolicy(
                new BackOff(
                    Duration.ofMillis(10), Duration.ofMillis(30_000), 2.0, new Jitter.None()),
                OptionalInt.empty(),
                ReconnectPolicy.FOREVER,
                BrokerOrder.RANDOM,
                false,
                Loopback.AS_LISTED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void eachOptionChangesOneThing(String options, UnaryOperator<ReconnectPolicy> change) {
    assertThat(FailoverUri.parse("failover:(tcp://a:1)?" + options).policy())
        .isEqualTo(change.apply(ACTIVE_MQ));
  }

  static Stream<Arguments> options() {
    return Stream.of(
        option("initialReconnectDelay=7", policy -> policy.with(backOff(7, 30_000, 2, 0))),
        option("maxReconnectDelay=8", policy -> policy.with(backOff(10, 8, 2, 0))),
        option("backOffMultiplier=3.5", policy -> policy.with(backOff(10, 30_000, 3.5, 0))),
        option("backOffMultiplier=3", policy -> policy.with(backOff(10, 30_000, 3, 0))),
        option("useExponentialBackOff=false", policy -> policy.with(backOff(10, 30_000, 1, 0))),
        option("useExponentialBackOff=true", policy -> policy),
        option(
            "useExponentialBackOff=false,backOffMultiplier=3",
            policy -> policy.with(backOff(10, 30_000, 1, 0))),
        option("reconnectDelayJitter=4", policy -> policy.with(backOff(10, 30_000, 2, 4))),
        option("reconnectDelayJitter=0", policy -> policy),
        option("reconnectDelayJitter=-4", policy -> policy),
        option("maxReconnectAttempts=3", policy -> policy.withRetries(3)),
        option("maxReconnectAttempts=-1", policy -> policy.withRetries(ReconnectPolicy.FOREVER)),
        option("startupMaxReconnectAttempts=0", policy -> policy.withStartupRetries(0)),
        option(
            "startupMaxReconnectAttempts=-1",
            policy -> policy.withStartupRetries(ReconnectPolicy.FOREVER)),
        option("randomize=false", policy -> policy.with(BrokerOrder.AS_LISTED)),
        option("randomize=true", policy -> policy),
        option("priorityBackup=true", ReconnectPolicy::withLocalFirst),
        option("priorityBackup=false", policy -> policy),
        option(
            "randomize=true,maxReconnectAttempts=-1,priorityBackup=true",
            ReconnectPolicy::withLocalFirst),
        option(
            "randomize=false&maxReconnectAttempts=2,backOffMultiplier=3.0",
            policy ->
                policy.with(BrokerOrder.AS_LISTED).withRetries(2).with(backOff(10, 30_000, 3, 0))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optionsOfStompPy")
  void anOptionChangesOneThingOfOtherDefaultsToo(
      String options, UnaryOperator<ReconnectPolicy> change) {
    ReconnectPolicy defaults = ReconnectPolicy.stompPy();

    assertThat(FailoverUri.parse("tcp://a:1?" + options).policy(defaults))
        .isEqualTo(change.apply(defaults));
  }

  static Stream<Arguments> optionsOfStompPy() {
    return Stream.of(
        option("initialReconnectDelay=7", policy -> policy.with(stompPy(7, 60_000, 1.5))),
        option("maxReconnectDelay=8", policy -> policy.with(stompPy(100, 8, 1.5))),
        option("backOffMultiplier=3", policy -> policy.with(stompPy(100, 60_000, 3))),
        option("useExponentialBackOff=true", policy -> policy),
        option("useExponentialBackOff=false", policy -> policy.with(stompPy(100, 60_000, 1))),
        option("maxReconnectAttempts=5", policy -> policy.withRetries(5)),
        option("startupMaxReconnectAttempts=4", policy -> policy.withStartupRetries(4)),
        option("randomize=true", policy -> policy.with(BrokerOrder.RANDOM)),
        option("randomize=false", policy -> policy),
        option("priorityBackup=true", policy -> policy),
        option("priorityBackup=false", policy -> policy.withLocalFirst(false)));
  }

  private static BackOff stompPy(int initial, int most, double multiplier) {
    return new BackOff(
        Duration.ofMillis(initial),
        Duration.ofMillis(most),
        multiplier,
        new Jitter.Proportional(0.1),
        Rhythm.EACH_PASS);
  }

  @Test
  void withoutOptionsOtherDefaultsStay() {
    assertThat(FailoverUri.parse("tcp://a:1").policy(ReconnectPolicy.stompPy()))
        .isEqualTo(ReconnectPolicy.stompPy());
  }

  private static Arguments option(String text, UnaryOperator<ReconnectPolicy> change) {
    return Arguments.of(text, change);
  }

  private static BackOff backOff(int initial, int most, double multiplier, int jitter) {
    return new BackOff(
        Duration.ofMillis(initial),
        Duration.ofMillis(most),
        multiplier,
        jitter == 0 ? new Jitter.None() : new Jitter.Additive(Duration.ofMillis(jitter)));
  }

  @Test
  void keepsOptionsInOrderAndApartFromWhatTheyWereMadeOf() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("randomize", "false");
    options.put("maxReconnectAttempts", "1");
    options.put("backOffMultiplier", "2");
    FailoverUri uri = new FailoverUri(List.of(BrokerAddress.parse("tcp://a:1")), options);
    options.clear();

    assertThat(uri.options().keySet())
        .containsExactly("randomize", "maxReconnectAttempts", "backOffMultiplier");
    assertThatThrownBy(() -> uri.options().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void leavesSettingsToWhoeverKnowsThem() {
    Set<String> known = Set.of("name", "tls.password");
    FailoverUri uri =
        FailoverUri.parse("stomp://a?name=b%2C%40,randomize=false&tls.password=s", known::contains);

    assertThat(uri.options()).containsExactly(Map.entry("randomize", "false"));
    assertThat(uri.settings())
        .containsExactly(Map.entry("name", "b,@"), Map.entry("tls.password", "s"));
    assertThat(uri).hasToString("failover:(stomp://a:61613)?randomize=false");
    assertThatThrownBy(() -> FailoverUri.parse("stomp://a?other=1", known::contains))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the option 'other' is not known");
    assertThatThrownBy(() -> FailoverUri.parse("stomp://a?name=%4", known::contains))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the option 'name': a '%' must be followed by two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stomp://a?tls.password=hidden,randomize",
        "stomp://a?passcode=hid,hidden",
        "failover:(stomp://a?passcode=hidden",
        "stomp://a?passcode=hidden&passcode=hidden",
        "stomp://a:?token=hidden"
      })
  void hidesOptionsThatSoundLikeSecrets(String text) {
    assertThatThrownBy(() -> FailoverUri.parse(text, name -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hid"));
  }

  @Test
  void refusesToBeMadeOfNoBrokerOrBadOptions() {
    assertThatThrownBy(() -> new FailoverUri(List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one broker");
    assertThatThrownBy(
            () ->
                new FailoverUri(
                    List.of(BrokerAddress.parse("tcp://a:1")), Map.of("randomize", "yes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the option 'randomize' must be true or false, but was 'yes'");
  }

  @Test
  void anyTextIsReadOrRefusedAsAnArgument() {
    String[] tokens = {
      "failover:",
      "//",
      "(",
      ")",
      ",",
      "tcp://",
      "ws://",
      "stomp://",
      "ssl://",
      "stomp+ssl",
      "://",
      "a",
      "b.c",
      "[::1]",
      "[",
      "]",
      ":",
      "1",
      "61613",
      "99999999999",
      "@",
      "u:p@",
      "/",
      "?",
      "&",
      "=",
      "randomize",
      "maxReconnectAttempts",
      "backOffMultiplier=",
      "true",
      "false",
      "-1",
      "2.0",
      "%",
      "%41",
      "%FF",
      "%2",
      " ",
      "\n",
      "\0",
      "ü",
      "🐌",
      "\ud800",
      "#",
      "\\",
      "'",
      "x=y"
    };
    Random random = new Random(61613);

    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "tcp://a" : "");
      for (int left = random.nextInt(12); left > 0; left--) {
        text.append(tokens[random.nextInt(tokens.length)]);
      }
      read += isRead(text.toString()) ? 1 : 0;
    }

    assertThat(read).as("texts that were read").isGreaterThan(2_000);
  }

  @Test
  void anyCharactersAreReadOrRefusedAsAnArgument() {
    Random random = new Random(61614);

    for (int i = 0; i < 10_000; i++) {
      String text =
          random
              .ints(random.nextInt(20), 0, random.nextBoolean() ? 0x80 : 0x10000)
              .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
              .toString();
      isRead(text);
      isRead("tcp://" + text);
      isRead("failover:(tcp://u:p@h" + text);
    }
  }

  private static boolean isRead(String text) {
    FailoverUri uri;
    try {
      uri = FailoverUri.parse(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).as(text).doesNotContainPattern("[\\p{Cc}\u2028\u2029]");
      return false;
    }
    uri.policy();
    assertThat(FailoverUri.parse(uri.toString())).as(text).hasToString(uri.toString());
    return true;
  }

  /** Whatever is in a passcode, and however badly it is encoded, no piece of it is ever shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stomp://login:%s@host:1",
        "login:%s@host:1",
        "failover:(stomp://login:%s@host:1,stomp://other:%s@host:2)?randomize=false",
        "failover:(stomp://host:1,stomp://login:%s@host:2/path)",
        "stomp://host:1,stomp://%s:x@host:2?maxReconnectAttempts=1",
        "ws://login:%s@host:1/ws?a=b",
      })
  void noPieceOfACredentialIsEverShown(String form) {
    String[] tokens = {
      "Zq7", "Zq7", "Zq7", "12", ":", "/", "?", "#", "[", "]", "@", "!", "$", "&", "'", "(", ")",
      "*", "+", ",", ";", "=", "%", "%2F", "%ZZ", " ", "\\", "//", "\n"
    };
    Random random = new Random(form.hashCode());

    for (int i = 0; i < 10_000; i++) {
      StringBuilder passcode = new StringBuilder();
      for (int left = 1 + random.nextInt(6); left > 0; left--) {
        passcode.append(tokens[random.nextInt(tokens.length)]);
      }
      String text = form.replace("%s", passcode);
      assertThat(shown(text)).as(text).doesNotContainIgnoringCase("Zq7");
    }
  }

  private static String shown(String text) {
    Throwable refusal = catchThrowable(() -> FailoverUri.parse(text).policy());
    return refusal == null ? FailoverUri.parse(text).toString() : refusal.toString();
  }
}
