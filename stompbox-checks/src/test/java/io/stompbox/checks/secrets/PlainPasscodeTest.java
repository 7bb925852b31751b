package io.stompbox.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.conformance.session.LogCapture;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.testkit.ScriptedBroker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told that a passcode crosses the network as it is. */
class PlainPasscodeTest {
  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @ParameterizedTest
  @CsvSource({
    "stomp://u:s3cret@broker.example, true",
    "ws://u:s3cret@broker.example, true",
    "stomp://u@broker.example, false",
    "stomp://broker.example, false",
    "stomp://u:s3cret@localhost, false",
    "stomp://u:s3cret@127.0.0.1, false",
    "stomp+ssl://u:s3cret@broker.example, false",
    "stomp+unix://u:s3cret@/run/broker, false"
  })
  void aPasscodeThatGoesToAnotherMachineInClearIsWarnedOf(String address, boolean warned) {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    BrokerAddress real = BrokerAddress.parse(broker.uri());
    TransportFactory toReal = any -> TransportFactory.sockets().create(real);
    try (LogCapture log = new LogCapture()) {
      Connection.open(BrokerAddress.parse(address), ConnectOptions.defaults().with(toReal)).close();

      assertThat(log.text().contains("the passcode goes to")).isEqualTo(warned);
      assertThat(log.text()).doesNotContain("s3cret");
    }
  }
}
