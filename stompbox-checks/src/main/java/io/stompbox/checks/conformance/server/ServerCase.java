package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.QueueBrokerOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation with the broker.
 *
 * @param ways the ways through its steps, of which one must be seen
 */
record ServerCase(
    List<Version> versions,
    List<DecoderMode> modes,
    QueueBrokerOptions options,
    List<List<Step>> ways)
    implements Case {
  private static final String PASSED = "every step as it must be";

  @Override
  public List<Run> runs() {
    List<String> cuttings = World.cuttings();
    List<Run> runs = new ArrayList<>();
    for (Version version : versions) {
      for (DecoderMode mode : modes) {
        for (int cutting = 0; cutting < cuttings.size(); cutting++) {
          String name = "STOMP " + version + ", " + mode + ", " + cuttings.get(cutting);
          runs.add(run(name, options.with(mode), version, cutting));
        }
      }
    }
    return runs;
  }

  private Run run(String name, QueueBrokerOptions tuned, Version version, int cutting) {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (List<Step> way : ways) {
      try {
        play(way, new World(tuned, version, cutting));
        return new Run(name, true, PASSED, PASSED);
      } catch (Mismatch e) {
        expected.add(e.expected());
        actual.add(e.actual());
      } catch (RuntimeException e) {
        expected.add("no exception");
        actual.add(Refusal.shown(e));
      }
    }
    return new Run(name, false, String.join(", or ", expected), String.join(", or ", actual));
  }

  private static void play(List<Step> steps, World world) {
    Client client = world.connect();
    for (int i = 0; i < steps.size(); i++) {
      try {
        steps.get(i).play(client);
      } catch (Mismatch e) {
        throw new Mismatch("step " + (i + 1) + ": " + e.expected(), e.actual());
      }
    }
  }
}
