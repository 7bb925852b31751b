package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.failover.FailoverUri;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A URI that stompest refuses. Ours must refuse it too, unless it has only what ours reads beyond
 * stompest's notation: then it must be accepted.
 */
record DoubtfulUriCase(String uri) implements Case {
  private static final String BROKER = "(tcp|ssl)://[-._A-Za-z0-9]+:[0-9]{1,5}";
  private static final String LIST = BROKER + "(," + BROKER + ")*";
  private static final String OPTION =
      "((initialReconnectDelay|maxReconnectDelay|maxReconnectAttempts"
          + "|startupMaxReconnectAttempts|reconnectDelayJitter)=-?[0-9]{1,9}"
          + "|backOffMultiplier=[0-9]{1,9}(\\.[0-9]{1,9})?"
          + "|(useExponentialBackOff|randomize|priorityBackup)=(true|false))";

  /** What stompest reads. */
  private static final Pattern STOMPEST =
      Pattern.compile(
          "(failover:)?(\\(" + LIST + "\\)|" + LIST + ")(\\?(" + OPTION + "(," + OPTION + ")*)?)?");

  @Override
  public List<Run> runs() {
    String wanted = STOMPEST.matcher(inStompestsNotation()).matches() ? "accepted" : "refused";
    return List.of(Run.compare("parsing", wanted, verdict()));
  }

  private String verdict() {
    try {
      FailoverUri.parse(uri);
      return "accepted";
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  /** Each line is something that ours reads and stompest does not. */
  private String inStompestsNotation() {
    return uri.replaceFirst("^failover://\\(", "failover:(")
        .replaceFirst("^\\((.*\\))", "failover:($1")
        .replaceAll("(?<![a-z+])stomp://", "tcp://")
        .replaceAll("(?<![a-z+])(stomp\\+ssl|stomps)://", "ssl://")
        .replaceAll("(?<![a-z+])(stomp\\+)?wss?://", "tcp://")
        .replaceAll("://\\[[0-9A-Fa-f.]*:[0-9A-Fa-f.:]+]", "://ipv6")
        .replaceAll("://[^/@,()?]*@", "://")
        .replaceAll("(://[^/:,()?]+)(?=[/,)?]|$)", "$1:61613")
        .replaceAll("(://[^/:,()?]+:[0-9]{1,5})/[^@,()?]*", "$1")
        .replace('&', ',');
  }
}
