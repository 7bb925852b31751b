package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.session.HeartBeat;
import java.util.List;
import java.util.Set;

/**
 * How the client of a case is set up.
 *
 * @param reconnect whether it connects again after a loss
 * @param isClients whether only a client with threads and sockets can be set up so
 */
record Config(HeartBeat heartBeat, boolean reconnect, boolean isClients) {
  static Config read(Json.Fields fields) {
    fields.expectOnly(
        "cfg",
        Set.of("heart_beat", "heart_beat_margin", "reconnect", "queue_while_down", "credentials"));
    expect(fields, "heart_beat_margin", "default");
    expect(fields, "credentials", "supplier");
    if (fields.has("queue_while_down") && !fields.flag("queue_while_down")) {
      throw new CaseFormatException("a client that does not queue while down can't be set up");
    }
    boolean isClients = fields.has("credentials") || fields.has("queue_while_down");
    return new Config(heartBeat(fields), fields.flag("reconnect"), isClients);
  }

  private static void expect(Json.Fields fields, String name, String value) {
    if (fields.has(name) && !fields.text(name).equals(value)) {
      throw new CaseFormatException(
          "the field '" + name + "' must be '" + value + "', but is '" + fields.text(name) + "'");
    }
  }

  private static HeartBeat heartBeat(Json.Fields fields) {
    return fields.has("heart_beat") ? heartBeat("heart_beat", fields) : HeartBeat.NONE;
  }

  /**
   * Reads two numbers of milliseconds.
   *
   * @throws IllegalArgumentException if one is negative: the product refuses that
   */
  static HeartBeat heartBeat(String name, Json.Fields fields) {
    List<Json> pair = fields.items(name);
    if (pair.size() != 2) {
      throw new CaseFormatException("the field '" + name + "' must hold two numbers");
    }
    return new HeartBeat(millis(name, pair.get(0)), millis(name, pair.get(1)));
  }

  private static int millis(String name, Json value) {
    return (int) Json.as(Json.Whole.class, name, value).value();
  }
}
