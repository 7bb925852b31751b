package io.stompbox.checks.conformance.websocket;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.frame.Version;
import java.util.List;

/** A conversation over a WebSocket, once for each version. */
record WebSocketCase(List<Version> versions, Conversation.Config config, List<Step> steps)
    implements Case {
  private static final String PASSED = "every step as it must be";

  @Override
  public List<Run> runs() {
    return versions.stream().map(this::run).toList();
  }

  private Run run(Version version) {
    String way = "STOMP " + version;
    try (Conversation conversation = new Conversation(version, config)) {
      for (Step step : steps) {
        step.play(conversation);
      }
      return new Run(way, true, PASSED, PASSED);
    } catch (Mismatch e) {
      return new Run(way, false, e.expected(), e.actual());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Run(way, false, PASSED, "an interrupt");
    } catch (RuntimeException | AssertionError e) {
      return new Run(way, false, PASSED, "threw " + e);
    }
  }
}
