package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptFailuresTest {
  @Test
  void whatLedToTheAttemptsIsTheReasonIfNoneWasMade() {
    StompTimeoutException loss = new StompTimeoutException("silence");

    assertThat(new AttemptFailures(loss).summary()).isSameAs(loss);
    assertThat(new AttemptFailures(null).summary()).hasMessage("no attempt to connect is allowed");
  }

  @Test
  void aSingleFailureStandsForItself() {
    AttemptFailures failures = new AttemptFailures(null);
    StompTimeoutException only = new StompTimeoutException("late");
    failures.add(only);

    assertThat(failures.summary()).isSameAs(only);
  }

  @Test
  void endlessRetriesKeepTheLastTenFailures() {
    AttemptFailures failures = new AttemptFailures(null);
    for (int i = 1; i <= 3000; i++) {
      failures.add(new StompTimeoutException("attempt " + i));
    }
    Throwable summary = failures.summary();

    assertThat(summary).hasMessage("attempt 3000 (the last of 3000 attempts)");
    assertThat(summary.getSuppressed()).hasSize(9);
    assertThat(summary.getSuppressed()[0]).hasMessage("attempt 2991").hasNoSuppressedExceptions();
  }
}
