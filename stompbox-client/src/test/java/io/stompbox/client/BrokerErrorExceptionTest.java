package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program reads of a broker's ERROR. */
class BrokerErrorExceptionTest {
  @ParameterizedTest
  @CsvSource({
    "no entry, '', no entry",
    "no entry, ask the porter, no entry: ask the porter",
    "'', ask the porter, ask the porter",
    "no entry, no entry for you, no entry",
    "no entry, 'java.lang.SecurityException: no', no entry",
    "'no\nentry', '', no?entry",
    "'no entry\r2026-01-01 root logged in', 'a\u2028b', no entry?2026-01-01 root logged in: a?b",
  })
  void theWordsOfTheBrokerStandOnOneLine(String message, String body, String expected) {
    Frame error = Frame.of(Command.ERROR, "message", message).with(Body.of(body));

    BrokerErrorException exception = new BrokerErrorException("a frame", error);

    assertThat(exception.brokerWords()).isEqualTo(expected);
    assertThat(exception.getMessage()).endsWith(expected + "\"");
    assertThat(exception.toString()).doesNotContain("\n", "\r");
  }
}
