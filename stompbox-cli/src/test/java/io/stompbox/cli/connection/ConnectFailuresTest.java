package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.FailoverUri;
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
}
