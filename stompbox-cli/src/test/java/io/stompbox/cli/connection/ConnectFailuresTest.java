package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectFailuresTest {
  /** Where somebody named a broker, it is that which is meant. */
  @ParameterizedTest
  @CsvSource({"stomp://127.0.0.1:61613, true", "stomp://broker.example:61613, false"})
  void brokerCanBeStartedWhereNoneWasNamed(String uri, boolean isSaid) {
    ConnectionLostException refused =
        new ConnectionLostException("cannot connect: Connection refused", Sent.NOT_SENT);

    assertThat(ConnectFailures.of(refused, FailoverUri.parse(uri)).advice())
        .anyMatch(line -> line.contains("--server") || line.contains("61613"))
        .satisfies(
            lines -> assertThat(lines.toString().contains("`stompbox broker`")).isEqualTo(isSaid));
  }

  /** What brokers answered on ports for something else, and what would have been right there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ws://h:1/a | it does not answer as HTTP does | try stomp://h:1",
        "ws://h:1/a | it does not answer as HTTP does: it hung up | try stomp+ssl://h:1 or wss://h:1/a",
        "wss://h:1 | it does not answer as HTTP does | try stomp+ssl://h:1",
        "ws://[::1]:1 | the WebSocket was not open within 4000ms: Read timed out | stomp://[::1]:1",
        "ws://h:1 | was answered with HTTP status 404 | ws://HOST:15674/ws",
        "wss://h:1 | Unsupported or unrecognized SSL message | try ws://h:1",
        "stomp+ssl://h:1 | Unsupported or unrecognized SSL message | try stomp://",
        "stomp+ssl://h:1 | Read timed out | begins no TLS: try stomp://h:1",
        "stomp://h:1 | Connect timed out | ActiveMQ and RabbitMQ use 61613",
        "failover:(stomp://h:1,ws://g:2) | cannot connect to ws://g:2: it does not answer as HTTP"
            + " does | try stomp://g:2"
      })
  void schemeThatWouldBeRightIsNamed(String uri, String words, String advice) {
    Failure failure =
        ConnectFailures.of(
            new ConnectionLostException(words, Sent.NOT_SENT, sslOr(words)),
            FailoverUri.parse(uri));

    assertThat(String.join(" ", failure.advice())).contains(advice);
    assertThat(failure.advice()).hasSizeLessThanOrEqualTo(3);
  }

  private static IOException sslOr(String words) {
    return words.contains("SSL") ? new SSLException(words) : new IOException(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stomp://h:1 | the line is 'HTTP/1.1 400 Bad Request' | over WebSocket try ws://h:1",
        "stomp+ssl://h:1 | the line is 'HTTP/1.1 400 Bad Request' | over WebSocket try wss://h:1",
        "stomp://h:1 | the line is '\\x15\\x03\\x03' with a NUL | speaks TLS: try stomp+ssl://h:1",
        "stomp://h:1 | the line is '\\x01Q\\x01ActiveMQ' with a NUL | port for OpenWire",
        "stomp://h:1 | the line is 'SSH-2.0' | is it a STOMP port?"
      })
  void protocolThatAnsweredInsteadIsNamed(String uri, String words, String advice) {
    Failure failure =
        ConnectFailures.of(new ProtocolException(Fault.BAD_COMMAND, words), FailoverUri.parse(uri));

    assertThat(failure.code()).isEqualTo(ExitCode.CANNOT_CONNECT);
    assertThat(String.join(" ", failure.advice())).contains(advice);
  }
}
