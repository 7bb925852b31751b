package io.stompbox.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverSchedule;
import io.stompbox.protocol.failover.FailoverSchedule.Attempt;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class FailoverFuzzTest {
  private static final String PASSCODE = "q7Zk9xWv";

  static Stream<byte[]> uris() {
    return Stream.of(
            "stomp://localhost:61613",
            "tcp://[::1]",
            "stomp+ssl://guest:pass%2Fcode@broker-1.example:61614/%2Fvhost",
            "ssl://a,ssl://b?randomize=false",
            "failover:(tcp://a:1,tcp://b:2)?maxReconnectAttempts=3,randomize=false",
            "failover://(stomp://u:p@a,stomp://u:p@b)?initialReconnectDelay=5&maxReconnectDelay=40",
            "failover:tcp://a,tcp://b?useExponentialBackOff=false&reconnectDelayJitter=-1",
            "failover:(tcp://a)?startupMaxReconnectAttempts=0,backOffMultiplier=999999999",
            "failover:(tcp://a)?priorityBackup=true,backOffMultiplier=0.0,maxReconnectAttempts=-1",
            "stomp://u:p?w@h",
            "stomp://u:p/w@h",
            "stomp://u:p,w@h",
            "ws://h/path?token=secret",
            "stomp://h\u00f6st.example/\u6771")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("uris")
  @FuzzTest
  void anyTextIsAUriOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      BrokerAddress address = BrokerAddress.parse(text);
      assertThat(address.port()).isNotNegative();
      assertThat(BrokerAddress.parse(address.toString())).hasToString(address.toString());
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "\r");
    }
    parse(text).ifPresent(FailoverFuzzTest::saysWhatItIs);
  }

  /** The shown form has no credentials, so it is compared with itself and not with the first. */
  private static void saysWhatItIs(FailoverUri uri) {
    FailoverUri again = FailoverUri.parse(uri.toString());

    assertThat(again).hasToString(uri.toString());
    assertThat(again.options()).isEqualTo(uri.options());
    assertThat(again.policy()).isEqualTo(uri.policy());
    assertThat(again.brokers()).hasSameSizeAs(uri.brokers());
    for (int i = 0; i < uri.brokers().size(); i++) {
      BrokerAddress first = uri.brokers().get(i);
      BrokerAddress second = again.brokers().get(i);
      assertThat(second.scheme()).isEqualTo(first.scheme());
      assertThat(second.host()).isEqualTo(first.host());
      assertThat(second.port()).isEqualTo(first.port());
      assertThat(second.virtualHost()).isEqualTo(first.virtualHost());
      assertThat(second.requestTarget())
          .isEqualTo(first.requestTarget().map(FailoverFuzzTest::withoutQuery));
      assertThat(second.login()).isEmpty();
      assertThat(second.passcode()).isEmpty();
    }
  }

  /** The shown form hides a query, which may hold a token. */
  private static String withoutQuery(String requestTarget) {
    return requestTarget.replaceFirst("(?s)\\?.*", "?***");
  }

  private static Optional<FailoverUri> parse(String text) {
    try {
      return Optional.of(FailoverUri.parse(text));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "\r");
      return Optional.empty();
    }
  }

  static Stream<byte[]> parts() {
    return Stream.concat(
        uris(), Stream.of("\0\3abc\2xy", "\1\1,\2a,", "\2\1?\1/").map(String::getBytes));
  }

  /** Whatever people put into a passcode, or forget to encode, none of it may be shown. */
  @MethodSource("parts")
  @FuzzTest
  void noPasscodeIsEverShown(byte[] input) {
    Choices choices = new Choices(input);
    String before = choices.of("", "failover:(", "failover://(", "failover:(tcp://h,", "tcp://h,");
    // Jazzer tries what it has seen compared, also where it is no passcode.
    String login = choices.text(8).replace(PASSCODE, "-");
    String passcode = choices.text(6) + PASSCODE + choices.text(6);
    String behind = new String(choices.rest(), StandardCharsets.UTF_8).replace(PASSCODE, "-");
    String text = before + choices.of("stomp", "ssl", "x") + "://" + login + ":" + passcode;
    String uri = text + "@" + behind;
    try {
      FailoverUri parsed = FailoverUri.parse(uri);
      assertThat(parsed + parsed.brokers().toString() + parsed.policy()).doesNotContain(PASSCODE);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).doesNotContain(PASSCODE);
    }
    try {
      assertThat(BrokerAddress.parse(uri).toString()).doesNotContain(PASSCODE);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).doesNotContain(PASSCODE);
    }
  }

  static Stream<byte[]> schedules() {
    return uris().map(uri -> CaseOctets.input(uri, uri.length, uri.length * 7));
  }

  @MethodSource("schedules")
  @FuzzTest
  void schedulesNeverGiveANegativeDelay(byte[] input) {
    Choices choices = new Choices(input);
    int seed = choices.octet();
    int losses = choices.octet();
    parse(new String(choices.rest(), StandardCharsets.UTF_8))
        .ifPresent(
            uri -> {
              for (ReconnectPolicy policy :
                  List.of(uri.policy(), ReconnectPolicy.stompPy(), ReconnectPolicy.standard())) {
                run(uri.brokers(), policy, new Random(seed), losses);
              }
            });
  }

  /** Brokers on this machine may be tried at its loopback address too. */
  private static boolean isOrIsAtLoopback(BrokerAddress tried, BrokerAddress broker) {
    return tried.equals(broker)
        || (tried.host().equals("127.0.0.1")
            && broker.host().hashCode() % 2 == 0
            && tried.port() == broker.port()
            && tried.scheme() == broker.scheme());
  }

  private static void run(
      List<BrokerAddress> brokers, ReconnectPolicy policy, Random random, int losses) {
    FailoverSchedule schedule =
        new FailoverSchedule(brokers, policy, random, host -> host.hashCode() % 2 == 0);
    int number = 0;
    for (int step = 0; step < 200; step++) {
      Optional<Attempt> attempt = schedule.next();
      if (attempt.isPresent()) {
        number++;
        assertThat(attempt.get().number()).isEqualTo(number);
        assertThat(attempt.get().delay()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(brokers).anyMatch(broker -> isOrIsAtLoopback(attempt.get().broker(), broker));
      } else {
        assertThat(schedule.next()).isEmpty();
      }
      if (step % (losses + 1) == losses) {
        number = 0;
        if (step % 2 == 0) {
          schedule.restart();
        } else {
          schedule.resume();
        }
      }
    }
  }
}
