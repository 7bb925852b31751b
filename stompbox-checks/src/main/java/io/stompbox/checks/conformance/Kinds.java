package io.stompbox.checks.conformance;

import static java.util.Map.entry;

import io.stompbox.checks.conformance.codec.CodecCases;
import io.stompbox.checks.conformance.commands.CommandCases;
import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.seeds.SeedCases;
import io.stompbox.checks.conformance.server.ServerCases;
import io.stompbox.checks.conformance.session.SessionCases;
import io.stompbox.checks.conformance.websocket.WebSocketCases;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The kinds of cases and who reads them: a kind is one line of the table. */
final class Kinds {
  /** What is said of a case that nobody can run, followed by its kind. */
  static final String NOTHING_YET = "there is nothing yet that runs ";

  /** By the {@code dir} of the specification's cases, or the {@code section} of the seeds'. */
  private static final Map<String, Function<Json.Fields, Case>> READERS =
      Map.ofEntries(
          entry("decode", CodecCases::decode),
          entry("encode", CodecCases::encode),
          entry("roundtrip", CodecCases::roundTrip),
          entry("negotiate", Kinds::negotiation),
          entry("session", SessionCases::session),
          entry("server", ServerCases::conversation),
          entry("ws", WebSocketCases::read),
          entry("PARSE", SeedCases::parse),
          entry("FRAME", SeedCases::frame),
          entry("FAILOVER and URI", SeedCases::failover),
          entry("CMD", CommandCases::stompest),
          entry("SPOUT", CommandCases::stompPy));

  private Kinds() {}

  /** Returns the kind of a line: its field {@code dir} or {@code section}. */
  static String of(Json.Fields fields) {
    if (fields.has("dir") && fields.has("section")) {
      throw new CaseFormatException("a case has either the field 'dir' or 'section', not both");
    }
    String field = fields.has("section") ? "section" : "dir";
    String kind = fields.text(field);
    if (!READERS.containsKey(kind)) {
      throw new CaseFormatException(
          "the field '%s' names no kind of case: %s; there are %s"
              .formatted(field, kind, new TreeSet<>(READERS.keySet())));
    }
    return kind;
  }

  /** Makes a case of a line of this kind. */
  static Case read(String kind, Json.Fields fields) {
    return READERS.getOrDefault(kind, Kinds::nothingYet).apply(fields);
  }

  private static Case negotiation(Json.Fields fields) {
    return ServerCases.isNegotiation(fields)
        ? ServerCases.negotiation(fields)
        : SessionCases.negotiation(fields);
  }

  private static Case nothingYet(Json.Fields fields) {
    throw new CaseFormatException(NOTHING_YET + of(fields));
  }
}
