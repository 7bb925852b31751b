package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.StompException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptFailuresTest {
  private static final BrokerAddress BROKER = BrokerAddress.parse("stomp://a");

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
    BrokerAddress other = BrokerAddress.parse("stomp://b");
    AttemptFailures failures = new AttemptFailures(List.of(BROKER, other), 1, null);
    failures.add(other, new StompTimeoutException("late"));
    failures.add(BROKER, new StompTimeoutException("late"));

    assertThat(failures.summary())
        .isInstanceOfSatisfying(
            ConnectionLostException.class, lost -> assertThat(lost.broker()).contains(BROKER));
  }

  @Test
  void endlessRetriesKeepTheLastTenFailures() {
    AttemptFailures failures = failures(null);
    for (int i = 1; i <= 3000; i++) {
      failures.add(BROKER, new StompTimeoutException("attempt " + i));
    }
    Throwable summary = failures.summary();

    assertThat(summary).hasMessage("attempt 3000 (the last of 3000 attempts)");
    assertThat(summary.getSuppressed()).hasSize(9);
    assertThat(summary.getSuppressed()[0]).hasMessage("attempt 2991").hasNoSuppressedExceptions();
  }

  private static AttemptFailures failures(@Nullable StompException loss) {
    return new AttemptFailures(List.of(BROKER), 1, loss);
  }
}
