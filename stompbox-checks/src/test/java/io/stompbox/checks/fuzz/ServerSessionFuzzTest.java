package io.stompbox.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.ServerLimits;
import io.stompbox.protocol.session.ServerSessionOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An input is decisions about what a client sends and what its server does. */
class ServerSessionFuzzTest {
  /** Octets of the cases, taken for decisions, after a handshake that goes well. */
  static Stream<byte[]> clients() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] octets : CaseOctets.all()) {
      inputs.add(CaseOctets.input(octets, 0, inputs.size() % 2, 0, inputs.size() % 4));
    }
    return inputs.stream();
  }

  @MethodSource("clients")
  @FuzzTest
  void givesEachMessageBackOnceAndAnswersWhatCanBeWritten(byte[] input) {
    Choices choices = new Choices(input);
    HeartBeat heartBeat = new HeartBeat(choices.below(3), choices.below(2));
    ServerSessionOptions options =
        ServerSessionOptions.defaults().with(heartBeat).with(new ServerLimits(3, 2, 5, 40));
    ServerSessionDriver driver = new ServerSessionDriver(choices, options);
    driver.connect();
    while (!choices.isOver()) {
      driver.step();
    }
    driver.end();
  }
}
