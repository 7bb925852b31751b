package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.ServerSessionOptions;
import io.stompbox.testkit.QueueBrokerOptions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the cases of the server's side. */
public final class ServerCases {
  private ServerCases() {}

  /** Reads a conversation: {@code cfg} and {@code steps}. */
  public static Case conversation(Json.Fields fields) {
    return new ServerCase(
        CaseFields.versions(fields),
        CaseFields.modes(fields),
        options(fields.optionalFields("cfg")),
        Script.read(fields.items("steps")));
  }

  private static QueueBrokerOptions options(Json.Fields cfg) {
    cfg.expectOnly("cfg", Set.of("users", "heart_beat", "max_headers", "max_line", "max_body"));
    return QueueBrokerOptions.defaults().with(session(cfg)).with(CaseFields.limits(cfg));
  }

  private static ServerSessionOptions session(Json.Fields cfg) {
    ServerSessionOptions options = ServerSessionOptions.defaults();
    options =
        cfg.has("heart_beat") ? options.with(CaseFields.heartBeat("heart_beat", cfg)) : options;
    return cfg.has("users") ? options.admittingUsers(users(cfg.fields("users"))) : options;
  }

  private static Map<String, String> users(Json.Fields users) {
    Map<String, String> passcodes = new LinkedHashMap<>();
    users.members().keySet().forEach(login -> passcodes.put(login, users.text(login)));
    return passcodes;
  }

  /** Whether a case about negotiation is about the server's choice. */
  public static boolean isNegotiation(Json.Fields fields) {
    return fields.fields("given").has("server_supports");
  }

  /** Reads a case about the server's choice of a version. */
  public static Case negotiation(Json.Fields fields) {
    Json.Fields given = fields.fields("given");
    given.expectOnly("given", Set.of("connect_accept_version", "server_supports"));
    Set<Version> spoken = EnumSet.noneOf(Version.class);
    given.texts("server_supports").forEach(text -> spoken.add(CaseFields.version(text)));
    return new NegotiationCase(
        given.optionalText("connect_accept_version"), spoken, outcome(fields.fields("expect")));
  }

  private static String outcome(Json.Fields expect) {
    if (expect.has("version")) {
      expect.expectOnly("expect", Set.of("version"));
      return expect.text("version");
    }
    expect.expectOnly("expect", Set.of("error_frame", "close"));
    if (!expect.flag("error_frame") || !expect.flag("close")) {
      throw new CaseFormatException("'error_frame' and 'close' must be true");
    }
    return NegotiationCase.REFUSED;
  }
}
