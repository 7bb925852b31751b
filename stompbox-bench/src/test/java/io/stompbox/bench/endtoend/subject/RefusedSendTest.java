package io.stompbox.bench.endtoend.subject;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedSendTest {
  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @ParameterizedTest
  @ValueSource(strings = {"stompbox", "stompbox-async"})
  void failsTheMeasurement(String subject) throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SEND").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:no\n\n^@");
        });
    broker.otherwise(RefusedSendTest::confirmAll);
    Endpoint endpoint = Endpoint.plain(Endpoint.SCRIPTED, broker.port(), 0);

    try (Run run = Subjects.named(subject).start(Scenario.named("confirm-1k-100"), endpoint)) {
      assertThatThrownBy(() -> run.run(3, nanos -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("rejected=1");
    }
  }

  private static void confirmAll(Peer peer) {
    peer.handshake("1.2");
    for (Optional<Frame> frame = peer.next(); frame.isPresent(); frame = peer.next()) {
      peer.receiptFor(frame.get());
    }
  }
}
