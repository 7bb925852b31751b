package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptFailuresTest {
  private static final BrokerAddress BROKER = BrokerAddress.parse("stomp://a");
  private static final BrokerAddress OTHER = BrokerAddress.parse("stomp://b");

  @Test
  void whatLedToTheAttemptsIsTheReasonIfNoneWasMade() {
    StompTimeoutException loss = new StompTimeoutException("silence");

    assertThat(failures(loss).summary()).isSameAs(loss);
    assertThat(failures(null).summary()).hasMessage("no attempt to connect is allowed");
  }

  @Test
  void aSingleFailureStandsForItself() {
    AttemptFailures failures = failures(null);
    StompTimeoutException only = new StompTimeoutException("late");
    failures.add(BROKER, only);

    assertThat(failures.summary()).isSameAs(only);
  }

  @Test
  void theSummaryNamesTheBrokerThatWasTriedLast() {
    AttemptFailures failures = new AttemptFailures(List.of(BROKER, OTHER), 1, null);
    failures.add(OTHER, new StompTimeoutException("late"));
    failures.add(BROKER, new StompTimeoutException("late"));

    assertThat(failures.summary())
        .isInstanceOfSatisfying(
            ConnectionLostException.class, lost -> assertThat(lost.broker()).contains(BROKER));
  }

  /** What breaks the protocol names no broker by itself. */
  @Test
  void theSummaryNamesEachBrokerWithItsReason() {
    ConnectionLostException refused =
        ConnectionLostException.connecting(
            BROKER, "cannot connect to stomp://a:61613: no", Sent.NOT_SENT, new IOException("no"));
    ProtocolException stranger =
        new ProtocolException(Fault.UNEXPECTED_FRAME, "the frame begins with 'HTTP/1.1'");
    AttemptFailures failures = new AttemptFailures(List.of(BROKER, OTHER), 1, null);
    failures.add(BROKER, refused);
    failures.add(OTHER, stranger);

    assertThat(failures.summary())
        .hasMessage(
            "cannot connect to stomp://a:61613: no; stomp://b:61613: the frame begins with"
                + " 'HTTP/1.1' (the last of 2 attempts)")
        .isInstanceOfSatisfying(
            ConnectionLostException.class,
            lost ->
                assertThat(lost.attempts())
                    .containsExactly(entry(BROKER, refused), entry(OTHER, stranger)));
  }

  @Test
  void aRefusalHasTheReasonsOfTheOtherBrokersToo() {
    AttemptFailures failures = new AttemptFailures(List.of(BROKER, OTHER), 1, null);
    failures.add(
        OTHER,
        new BrokerErrorException("CONNECT to " + OTHER, Frame.of(Command.ERROR, "message", "no")));
    failures.add(BROKER, new StompTimeoutException("late"));

    assertThat(failures.summary())
        .isInstanceOfSatisfying(
            BrokerErrorException.class,
            refusal -> assertThat(refusal.attempts()).containsOnlyKeys(OTHER, BROKER));
  }

  /** Which of the list it was, nothing else would tell. */
  @Test
  void theOnlyAttemptAtOneOfSeveralBrokersIsTold() {
    AttemptFailures failures = new AttemptFailures(List.of(BROKER, OTHER), 1, null);
    failures.add(OTHER, new StompTimeoutException("late"));

    assertThat(failures.summary())
        .hasMessage("stomp://b:61613: late")
        .isInstanceOfSatisfying(
            ConnectionLostException.class,
            lost -> assertThat(lost.attempts()).containsOnlyKeys(OTHER));
  }

  @Test
  void manyReasonsAreShortenedAndEachBrokerIsNamed() {
    List<BrokerAddress> many = brokers(12);
    AttemptFailures failures = new AttemptFailures(many, 1, null);
    many.forEach(broker -> failures.add(broker, new StompTimeoutException("x".repeat(300))));

    assertThat(failures.summary().getMessage())
        .hasSizeLessThan(2000)
        .contains(many.stream().map(BrokerAddress::toString).toList());
  }

  @Test
  void oneBrokerThatIsNotNamedIsOne() {
    List<BrokerAddress> many = brokers(21);
    AttemptFailures failures = new AttemptFailures(many, 1, null);
    many.forEach(broker -> failures.add(broker, new StompTimeoutException("late")));

    assertThat(failures.summary().getMessage())
        .startsWith("1 broker before these; stomp://host-1:");
  }

  private static List<BrokerAddress> brokers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> BrokerAddress.parse("stomp://host-" + i))
        .toList();
  }

  @Test
  void ofHundredsOfBrokersThoseThatWereTriedLastAreNamed() {
    List<BrokerAddress> many = brokers(500);
    AttemptFailures failures = new AttemptFailures(many, 1, null);
    many.forEach(broker -> failures.add(broker, new StompTimeoutException("x".repeat(300))));

    assertThat(failures.summary().getMessage())
        .hasSizeLessThan(3000)
        .startsWith("480 brokers before these; stomp://host-480:61613: x")
        .contains("stomp://host-499:61613: x");
  }

  @Test
  void aReasonThatNamesAnotherPortNamesAnotherBroker() {
    BrokerAddress first = BrokerAddress.parse("stomp://a:1");
    AttemptFailures failures = new AttemptFailures(List.of(first, OTHER), 1, null);
    failures.add(first, new StompTimeoutException("no answer of stomp://a:15"));

    assertThat(failures.summary()).hasMessage("stomp://a:1: no answer of stomp://a:15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x"})
  void aCharacterIsNotCutInHalf(String start) {
    AttemptFailures failures = new AttemptFailures(List.of(BROKER, OTHER), 1, null);
    failures.add(BROKER, new StompTimeoutException(start + "\uD83D\uDE00".repeat(1000)));

    assertThat(failures.summary().getMessage()).doesNotContainPattern("[\\ud800-\\udbff]\\.");
  }

  @Test
  void endlessRetriesKeepTheLastTenFailures() {
    AttemptFailures failures = failures(null);
    for (int i = 1; i <= 3000; i++) {
      failures.add(BROKER, new StompTimeoutException("attempt " + i));
    }
    Throwable summary = failures.summary();

    assertThat(summary).hasMessage("stomp://a:61613: attempt 3000 (the last of 3000 attempts)");
    assertThat(summary.getSuppressed()).hasSize(9);
    assertThat(summary.getSuppressed()[0]).hasMessage("attempt 2991").hasNoSuppressedExceptions();
  }

  private static AttemptFailures failures(@Nullable StompException loss) {
    return new AttemptFailures(List.of(BROKER), 1, loss);
  }
}
