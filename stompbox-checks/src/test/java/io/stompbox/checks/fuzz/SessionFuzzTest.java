package io.stompbox.checks.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.protocol.session.SessionOptions;
import io.stompbox.protocol.session.SessionOptions.Checking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An input is decisions about options, calls and frames from the server. */
class SessionFuzzTest {
  private static final int CONNECTS = 0;

  /** Octets of the cases, taken for decisions, after a handshake that goes well. */
  static Stream<byte[]> conversations() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] octets : CaseOctets.all()) {
      int version = inputs.size() % 4;
      inputs.add(CaseOctets.input(octets, version, inputs.size() % 3, 0, CONNECTS, 0, 1, 0));
    }
    return inputs.stream();
  }

  @MethodSource("conversations")
  @FuzzTest
  void knowsWhatIsOutstandingWhateverHappens(byte[] input) {
    Choices choices = new Choices(input);
    SessionDriver driver = new SessionDriver(choices, options(choices));
    while (!choices.isOver()) {
      driver.step();
    }
  }

  private static SessionOptions options(Choices choices) {
    Set<Version> versions =
        choices.of(
            EnumSet.allOf(Version.class),
            EnumSet.of(Version.V1_2),
            EnumSet.of(Version.V1_1),
            EnumSet.of(Version.V1_0));
    Checking checking = choices.of(Checking.TOLERANT, Checking.STRICT);
    HeartBeat heartBeat = new HeartBeat(choices.below(3), choices.below(3));
    return new SessionOptions(versions, heartBeat, HeartBeatTolerance.STANDARD, checking);
  }
}
