package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import java.time.Duration;
import java.util.Set;

/**
 * How the client of a case is set up.
 *
 * @param reconnect whether it connects again after a loss
 * @param isClients whether only a client with threads and sockets can be set up so
 */
record Config(
    HeartBeat heartBeat, HeartBeatTolerance tolerance, boolean reconnect, boolean isClients) {
  static Config read(Json.Fields fields) {
    fields.expectOnly(
        "cfg",
        Set.of("heart_beat", "heart_beat_margin", "reconnect", "queue_while_down", "credentials"));
    expect(fields, "credentials", "supplier");
    if (fields.has("queue_while_down") && !fields.flag("queue_while_down")) {
      throw new CaseFormatException("a client that does not queue while down can't be set up");
    }
    boolean isClients = fields.has("credentials") || fields.has("queue_while_down");
    return new Config(heartBeat(fields), tolerance(fields), fields.flag("reconnect"), isClients);
  }

  private static void expect(Json.Fields fields, String name, String value) {
    if (fields.has(name) && !fields.text(name).equals(value)) {
      throw new CaseFormatException(
          "the field '" + name + "' must be '" + value + "', but is '" + fields.text(name) + "'");
    }
  }

  /** The margin is the word for the usual one, a factor, or a factor and milliseconds on top. */
  private static HeartBeatTolerance tolerance(Json.Fields fields) {
    String name = "heart_beat_margin";
    if (!fields.has(name) || fields.any(name) instanceof Json.Text) {
      expect(fields, name, "default");
      return HeartBeatTolerance.STANDARD;
    }
    if (!(fields.any(name) instanceof Json.Fields margin)) {
      return tolerance(fields.any(name), Duration.ZERO);
    }
    margin.expectOnly(name, Set.of("factor", "plus_ms"));
    long more = margin.has("plus_ms") ? margin.whole("plus_ms") : 0;
    return tolerance(margin.any("factor"), Duration.ofMillis(more));
  }

  private static HeartBeatTolerance tolerance(Json factor, Duration more) {
    double periods = Json.number("heart_beat_margin", factor).doubleValue();
    return new HeartBeatTolerance(HeartBeatTolerance.STANDARD.sendAfter(), periods, more);
  }

  private static HeartBeat heartBeat(Json.Fields fields) {
    return fields.has("heart_beat") ? CaseFields.heartBeat("heart_beat", fields) : HeartBeat.NONE;
  }
}
