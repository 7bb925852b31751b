package io.stompbox.protocol.failover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.BackOff.Rhythm;
import io.stompbox.protocol.failover.FailoverSchedule.Attempt;
import io.stompbox.protocol.failover.ReconnectPolicy.BrokerOrder;
import io.stompbox.protocol.failover.ReconnectPolicy.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailoverScheduleTest {
  private static final ReconnectPolicy DOUBLING =
      ReconnectPolicy.standard()
          .with(new BackOff(millis(10), millis(1000), 2, new Jitter.None()))
          .withStartupRetries(ReconnectPolicy.FOREVER);

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.");
  }

  static Stream<Arguments> measured() throws IOException {
    List<String> lines = lines("schedules.txt");
    return IntStream.iterate(0, i -> i < lines.size(), i -> i + 4)
        .mapToObj(i -> measured(lines.get(i), lines.subList(i + 1, i + 4)));
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream resource = FailoverScheduleTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(resource, name).readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(String::strip)
          .toList();
    }
  }

  private static Arguments measured(String title, List<String> rounds) {
    int blank = title.indexOf(' ');
    return Arguments.of(
        title.substring(0, blank), FailoverUri.parse(title.substring(blank + 1)), rounds);
  }

  @Test
  void allMeasuredSchedulesAreRun() throws IOException {
    assertThat(measured()).hasSize(15);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("measured")
  void handsOutWhatWasMeasured(String id, FailoverUri uri, List<String> rounds) {
    // Text without options has other defaults here: FAILOVER-19.
    ReconnectPolicy policy = uri.options().isEmpty() ? ReconnectPolicy.activeMq() : uri.policy();
    FailoverSchedule schedule =
        new FailoverSchedule(uri.brokers(), policy, new Random(1), FailoverScheduleTest::isLocal);

    for (String round : rounds) {
      assertThat(round(schedule, round.split(" ", -1).length - 1)).isEqualTo(round);
      schedule.restart();
    }
  }

  /** Takes up to so many attempts, and tells whether there are more. */
  private static String round(FailoverSchedule schedule, int most) {
    List<String> attempts = new ArrayList<>();
    Optional<Attempt> next = schedule.next();
    while (next.isPresent() && attempts.size() < most) {
      attempts.add(next.get().broker() + "@" + next.get().delay().toMillis());
      next = schedule.next();
    }
    return String.join(" ", attempts) + (next.isPresent() ? " ..." : " END");
  }

  @Test
  void withoutALimitForStartUpEachBrokerIsTriedOnce() {
    FailoverUri uri = FailoverUri.parse("failover:(tcp://a:1,tcp://b:2,tcp://c:3)?randomize=false");

    assertThat(round(schedule(uri.policy(), uri.brokers()), 9))
        .isEqualTo("tcp://a:1@0 tcp://b:2@10 tcp://c:3@20 END");
  }

  @Test
  void numbersTheAttemptsOfEachRound() {
    FailoverSchedule schedule = schedule(DOUBLING, brokers("a", "b"));

    assertThat(numbers(schedule, 3)).containsExactly(1, 2, 3);

    schedule.resume();
    assertThat(numbers(schedule, 2)).containsExactly(1, 2);
    schedule.restart();
    assertThat(numbers(schedule, 2)).containsExactly(1, 2);
  }

  private static List<Integer> numbers(FailoverSchedule schedule, int count) {
    return Stream.generate(() -> schedule.next().orElseThrow().number()).limit(count).toList();
  }

  @Test
  void restartComesAtOnceAndWithTheFirstBroker() {
    FailoverSchedule schedule = schedule(DOUBLING, brokers("a", "b"));
    assertThat(take(schedule, 3)).containsExactly("a@0", "b@10", "a@20");

    schedule.restart();

    assertThat(take(schedule, 3)).containsExactly("a@0", "b@10", "a@20");
  }

  @Test
  void resumeGoesOnWithTheNextBrokerAndTheGrownDelay() {
    FailoverSchedule schedule = schedule(DOUBLING, brokers("a", "b"));
    assertThat(take(schedule, 3)).containsExactly("a@0", "b@10", "a@20");

    schedule.resume();

    assertThat(take(schedule, 2)).containsExactly("b@40", "a@80");
  }

  @Test
  void resumeWaitsAlsoAfterTheVeryFirstAttempt() {
    FailoverSchedule schedule = schedule(DOUBLING, brokers("a"));
    assertThat(take(schedule, 1)).containsExactly("a@0");

    schedule.resume();

    assertThat(take(schedule, 2)).containsExactly("a@10", "a@20");
  }

  @Test
  void aBrokerThatAcceptsAndDropsEverybodyIsTriedAtTheLongestDelayInTheEnd() {
    FailoverSchedule schedule = schedule(DOUBLING, brokers("a"));

    Duration delay = Duration.ZERO;
    for (int connection = 0; connection < 20; connection++) {
      delay = schedule.next().orElseThrow().delay();
      schedule.resume();
    }

    assertThat(delay).isEqualTo(millis(1000));
  }

  @Test
  void resumeCountsTheAttemptsFromZero() {
    FailoverSchedule schedule = schedule(DOUBLING.withRetries(1), brokers("a"));
    take(schedule, 5);

    schedule.resume();
    assertThat(round(schedule, 9)).isEqualTo("tcp://a:1@160 tcp://a:1@320 END");
    schedule.resume();
    assertThat(take(schedule, 2)).containsExactly("a@640", "a@1000");
    assertThat(schedule.next()).isEmpty();
  }

  @Test
  void whoGaveUpStaysSilent() {
    FailoverSchedule schedule = schedule(DOUBLING.withStartupRetries(0), brokers("a", "b"));
    take(schedule, 1);

    assertThat(schedule.next()).isEmpty();
    assertThat(schedule.next()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void limitCountsRetries(int limit, int attempts) {
    FailoverSchedule schedule = schedule(DOUBLING.withRetries(limit), brokers("a", "b"));
    schedule.restart();

    assertThat(take(schedule, 50)).hasSize(attempts);
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        Arguments.of(ReconnectPolicy.FOREVER, 50),
        Arguments.of(3, 4),
        Arguments.of(0, 1),
        Arguments.of(-2, 1));
  }

  @Test
  void neverTriesEachBrokerOnceAndGivesUpAfterALoss() {
    FailoverSchedule schedule = schedule(ReconnectPolicy.never(), brokers("a", "b"));
    assertThat(hosts(schedule, 9)).containsExactly("a", "b");

    schedule.restart();
    assertThat(schedule.next()).isEmpty();
    schedule.resume();
    assertThat(schedule.next()).isEmpty();
  }

  @Test
  void standardDelaysAreRandomBelowAHundredMillisecondsDoubledToThirtySeconds() {
    FailoverSchedule schedule = schedule(ReconnectPolicy.standard(), brokers("a"));
    schedule.restart();

    assertThat(schedule.next().orElseThrow().delay()).isBetween(Duration.ZERO, millis(100));
    Set<Duration> delays = new HashSet<>();
    for (int retry = 1; retry <= 200; retry++) {
      Duration cap = millis((long) Math.min(30_000, 100 * Math.pow(2, retry - 1)));
      Duration delay = schedule.next().orElseThrow().delay();
      assertThat(delay).isBetween(Duration.ZERO, cap);
      delays.add(delay);
    }
    assertThat(delays).hasSizeGreaterThan(150);
  }

  @Test
  void aCrowdIsSpreadAlreadyByTheFirstAttemptAfterALoss() {
    FailoverSchedule schedule = schedule(ReconnectPolicy.standard(), brokers("a"));
    assertThat(schedule.next().orElseThrow().delay()).as("at start-up").isZero();

    Set<Duration> delays = new HashSet<>();
    for (int loss = 1; loss <= 200; loss++) {
      schedule.restart();
      Duration delay = schedule.next().orElseThrow().delay();
      assertThat(delay).isBetween(Duration.ZERO, millis(100));
      delays.add(delay);
    }
    assertThat(delays).hasSizeGreaterThan(150);
  }

  @Test
  void withoutFullJitterTheFirstAttemptAfterALossComesAtOnce() {
    FailoverSchedule schedule = schedule(DOUBLING, brokers("a"));
    schedule.next();
    schedule.restart();

    assertThat(schedule.next().orElseThrow().delay()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameSchedule() {
    ReconnectPolicy policy =
        DOUBLING
            .with(BrokerOrder.RANDOM)
            .with(new BackOff(millis(10), millis(1000), 2, new Jitter.Full()));
    List<BrokerAddress> brokers = brokers("a", "b", "c", "d", "e");

    List<String> first =
        take(
            new FailoverSchedule(brokers, policy, new Random(7), FailoverScheduleTest::isLocal),
            40);
    List<String> second =
        take(
            new FailoverSchedule(brokers, policy, new Random(7), FailoverScheduleTest::isLocal),
            40);
    List<String> other =
        take(
            new FailoverSchedule(brokers, policy, new Random(8), FailoverScheduleTest::isLocal),
            40);

    assertThat(second).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void randomOrderIsDrawnAnewForEachPassAndMissesNobody() {
    FailoverSchedule schedule =
        schedule(DOUBLING.with(BrokerOrder.RANDOM), brokers("a", "b", "c", "d"));

    Map<List<String>, Integer> orders = new HashMap<>();
    for (int pass = 0; pass < 2400; pass++) {
      List<String> hosts = hosts(schedule, 4);
      assertThat(hosts).containsExactlyInAnyOrder("a", "b", "c", "d");
      orders.merge(hosts, 1, Integer::sum);
    }

    assertThat(orders).hasSize(24);
    assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140));
  }

  @Test
  void localBrokersComeFirstInEachPassInVaryingOrder() {
    FailoverSchedule schedule =
        schedule(
            DOUBLING.with(BrokerOrder.RANDOM).withLocalFirst(),
            brokers("remote1", "localhost", "127.0.0.1", "remote2"));

    Set<List<String>> starts = new HashSet<>();
    for (int pass = 0; pass < 100; pass++) {
      starts.add(hosts(schedule, 4).subList(0, 2));
    }

    assertThat(starts)
        .containsExactlyInAnyOrder(
            List.of("localhost", "127.0.0.1"), List.of("127.0.0.1", "localhost"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hosts")
  void whatIsLocalComesFirstAndOtherwiseTheListDecides(
      String id, String local, String listed, String expected) {
    Set<String> localHosts = Set.of(local.split(" ", -1));
    List<BrokerAddress> brokers = brokers(listed.split(" ", -1));
    ReconnectPolicy policy = local.isEmpty() ? DOUBLING : DOUBLING.withLocalFirst();

    List<String> order =
        hosts(
            new FailoverSchedule(brokers, policy, new Random(1), localHosts::contains),
            brokers.size());

    assertThat(order).containsExactly(expected.split(" ", -1));
  }

  static Stream<Arguments> hosts() {
    String local = "localhost 127.0.0.1 mybox 192.168.1.5";
    return Stream.of(
        Arguments.of("HOST-02", local, "a localhost", "localhost a"),
        Arguments.of("HOST-03", "", "a localhost", "a localhost"),
        Arguments.of("HOST-05", local, "a mybox", "mybox a"),
        Arguments.of("HOST-07", local, "mybox localhost", "mybox localhost"),
        Arguments.of("HOST-10", local, "b 127.0.0.1 localhost a", "127.0.0.1 localhost b a"),
        Arguments.of(
            "own address found",
            "localhost 127.0.0.1 1.2.3.4",
            "remote1 localhost 127.0.0.1 1.2.3.4",
            "localhost 127.0.0.1 1.2.3.4 remote1"),
        Arguments.of(
            "own address not found",
            "localhost 127.0.0.1",
            "remote1 localhost 127.0.0.1 1.2.3.4",
            "localhost 127.0.0.1 remote1 1.2.3.4"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HOST-02, a:1 localhost:2, localhost:2 a:1",
    "HOST-04, a:1 mybox:2, 127.0.0.1:2 mybox:2 a:1",
    "HOST-07, mybox:2 localhost:2, mybox:2 localhost:2",
    "HOST-08, mybox:2 localhost:3, 127.0.0.1:2 mybox:2 localhost:3",
    "HOST-09, mybox:2 192.168.1.5:2, 127.0.0.1:2 mybox:2 192.168.1.5:2",
    "HOST-10, b:1 127.0.0.1:5 localhost:4 a:9, 127.0.0.1:5 localhost:4 b:1 a:9"
  })
  void stompPyTriesLoopbackBeforeTheOtherNamesOfThisMachine(
      String id, String listed, String expected) {
    assertThat(pass(ReconnectPolicy.stompPy(), listed)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HOST-06, stomp, a:1 mybox:2, 127.0.0.1:2 a:1 mybox:2",
    "not with TLS, stomp+ssl, a:1 mybox:2, a:1 mybox:2"
  })
  void loopbackMayComeFirstWhereOtherLocalNamesDoNot(
      String id, String scheme, String listed, String expected) {
    ReconnectPolicy policy = DOUBLING.with(Loopback.TRIED_BEFORE);
    String addresses = Pattern.compile("\\b(?=[a-z]+:)").matcher(listed).replaceAll(scheme + "://");

    assertThat(pass(policy, addresses)).isEqualTo(expected);
  }

  /** Returns the first pass through the list. */
  private static String pass(ReconnectPolicy policy, String listed) {
    Set<String> local = Set.of("localhost", "127.0.0.1", "mybox", "192.168.1.5");
    List<BrokerAddress> brokers =
        Stream.of(listed.split(" ", -1))
            .map(one -> BrokerAddress.parse(one.contains("//") ? one : "stomp://" + one))
            .toList();
    FailoverSchedule schedule =
        new FailoverSchedule(brokers, policy, new Random(1), local::contains);
    List<BrokerAddress> tried = new ArrayList<>();
    BrokerAddress next = schedule.next().orElseThrow().broker();
    while (!tried.contains(next)) {
      tried.add(next);
      next = schedule.next().map(Attempt::broker).orElse(next);
    }
    return tried.stream()
        .map(broker -> broker.host() + ":" + broker.port())
        .collect(Collectors.joining(" "));
  }

  @Test
  void asksOnceForEachBrokerAndPassWhetherItIsLocal() {
    List<String> asked = new ArrayList<>();
    Predicate<String> moody = host -> asked.add(host) && asked.size() % 3 == 0;
    FailoverSchedule schedule =
        new FailoverSchedule(
            brokers("a", "b", "c", "d", "e"), DOUBLING.withLocalFirst(), new Random(1), moody);

    assertThat(hosts(schedule, 5)).containsExactly("c", "a", "b", "d", "e");
    assertThat(asked).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void nobodyIsAskedWhetherItIsLocalUnlessThePolicyWantsThat() {
    FailoverSchedule schedule =
        new FailoverSchedule(
            brokers("a", "b"),
            DOUBLING,
            new Random(1),
            host -> {
              throw new AssertionError("asked for " + host);
            });

    assertThat(hosts(schedule, 2)).containsExactly("a", "b");
  }

  @Test
  void aScheduleNeedsABroker() {
    assertThatThrownBy(() -> schedule(DOUBLING, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one broker");
  }

  /** What stomp.py was measured to do, without its rounding to 0.2 s and its pause at the end. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("stompPy")
  void passesOfStompPy(String id, ReconnectPolicy policy, int brokers, String expected) {
    String[] hosts = IntStream.range(0, brokers).mapToObj(i -> "h" + i).toArray(String[]::new);
    Random noJitter = fixed(0);

    FailoverSchedule schedule =
        new FailoverSchedule(brokers(hosts), policy, noJitter, FailoverScheduleTest::isLocal);

    for (String round : List.of("start-up", "after a loss")) {
      assertThat(String.join(" ", take(schedule, 100))).as(round).isEqualTo(expected);
      schedule.restart();
    }
  }

  static Stream<Arguments> stompPy() {
    ReconnectPolicy defaults = ReconnectPolicy.stompPy();
    return Stream.of(
        Arguments.of("BO-01", defaults, 1, "h0@0 h0@100 h0@150"),
        Arguments.of("BO-02", defaults, 2, "h0@0 h1@0 h0@100 h1@0"),
        Arguments.of("BO-03", defaults, 3, "h0@0 h1@0 h2@0"),
        Arguments.of("BO-04", defaults, 4, "h0@0 h1@0 h2@0 h3@0"),
        Arguments.of("BO-05", attempts(5, defaults), 2, "h0@0 h1@0 h0@100 h1@0 h0@150 h1@0"),
        Arguments.of(
            "BO-06",
            defaults
                .withStartupRetries(ReconnectPolicy.NO_ATTEMPT)
                .withRetries(ReconnectPolicy.NO_ATTEMPT),
            1,
            ""),
        Arguments.of(
            "BO-07",
            attempts(6, defaults.with(passes(1, 2, 5))),
            1,
            "h0@0 h0@1000 h0@2000 h0@4000 h0@5000 h0@5000"),
        Arguments.of(
            "BO-08",
            attempts(4, defaults.with(passes(1, 1, 60))),
            1,
            "h0@0 h0@1000 h0@1000 h0@1000"),
        Arguments.of(
            "BO-09",
            attempts(4, defaults.with(passes(1, 0.5, 60))),
            1,
            "h0@0 h0@1000 h0@500 h0@250"));
  }

  private static ReconnectPolicy attempts(int number, ReconnectPolicy policy) {
    return policy.withStartupRetries(number - 1).withRetries(number - 1);
  }

  private static BackOff passes(int initial, double multiplier, int most) {
    return new BackOff(
        Duration.ofSeconds(initial),
        Duration.ofSeconds(most),
        multiplier,
        new Jitter.Proportional(0.1),
        Rhythm.EACH_PASS);
  }

  @Test
  void passesOfStompPyCanBeALittleLongerThanTheirMaximum() {
    ReconnectPolicy policy = attempts(6, ReconnectPolicy.stompPy().with(passes(1, 2, 5)));

    FailoverSchedule schedule =
        new FailoverSchedule(brokers("h0"), policy, fixed(1), FailoverScheduleTest::isLocal);

    assertThat(take(schedule, 9))
        .as("BO-10")
        .containsExactly("h0@0", "h0@1100", "h0@2200", "h0@4400", "h0@5500", "h0@5500");
  }

  @Test
  void stompPyAddsUpToATenthByChance() {
    FailoverSchedule schedule =
        new FailoverSchedule(
            brokers("h0"), ReconnectPolicy.stompPy(), fixed(1), FailoverScheduleTest::isLocal);

    assertThat(take(schedule, 9)).containsExactly("h0@0", "h0@110", "h0@165");
  }

  @Test
  void stompPyTriesLocalBrokersFirst() {
    FailoverSchedule schedule = schedule(ReconnectPolicy.stompPy(), brokers("a", "localhost"));

    assertThat(hosts(schedule, 2)).containsExactly("localhost", "a");
  }

  @Test
  void aConnectionThatDiedInTheMiddleOfAPassCostsADelay() {
    FailoverSchedule schedule =
        new FailoverSchedule(
            brokers("h0", "h1", "h2"),
            ReconnectPolicy.stompPy(),
            fixed(0),
            FailoverScheduleTest::isLocal);
    assertThat(take(schedule, 1)).containsExactly("h0@0");

    schedule.resume();
    assertThat(take(schedule, 1)).containsExactly("h1@100");
    schedule.resume();
    assertThat(take(schedule, 9)).containsExactly("h2@150", "h0@225", "h1@0", "h2@0");
  }

  @Test
  void policiesKeepWhatIsNotChanged() {
    BackOff backOff = new BackOff(millis(1), millis(2), 3, new Jitter.Full(), Rhythm.EACH_PASS);

    ReconnectPolicy policy =
        ReconnectPolicy.standard()
            .withLocalFirst()
            .with(Loopback.TRIED_BEFORE)
            .with(BrokerOrder.RANDOM)
            .withStartupRetries(4)
            .withRetries(5)
            .with(backOff);

    assertThat(policy)
        .isEqualTo(
            new ReconnectPolicy(
                backOff, OptionalInt.of(4), 5, BrokerOrder.RANDOM, true, Loopback.TRIED_BEFORE));
  }

  private static FailoverSchedule schedule(ReconnectPolicy policy, List<BrokerAddress> brokers) {
    return new FailoverSchedule(brokers, policy, new Random(1), FailoverScheduleTest::isLocal);
  }

  /** Takes up to so many attempts. */
  private static List<String> take(FailoverSchedule schedule, int most) {
    List<String> attempts = new ArrayList<>();
    while (attempts.size() < most) {
      Optional<Attempt> next = schedule.next();
      if (next.isEmpty()) {
        break;
      }
      attempts.add(next.get().broker().host() + "@" + next.get().delay().toMillis());
    }
    return attempts;
  }

  private static List<String> hosts(FailoverSchedule schedule, int count) {
    return take(schedule, count).stream()
        .map(attempt -> attempt.substring(0, attempt.indexOf('@')))
        .toList();
  }

  private static List<BrokerAddress> brokers(String... hosts) {
    return Arrays.stream(hosts)
        .map(host -> BrokerAddress.parse("tcp://" + host + ":1"))
        .collect(Collectors.toList());
  }

  /** Chance that always comes out the same. */
  private static Random fixed(double value) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
