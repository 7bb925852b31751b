package io.stompbox.checks.conformance.websocket;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import io.stompbox.client.transport.WebSocketOptions.SendAs;
import java.util.List;
import java.util.Set;

/** Reads cases about WebSockets. */
public final class WebSocketCases {
  /** The steps that need a client that recovers. */
  private static final Set<String> RECOVERY = Set.of("hb_timeout", "reconnects_within_ms");

  private WebSocketCases() {}

  /** Reads {@code steps}, and {@code cfg} beside or among them. */
  public static Case read(Json.Fields fields) {
    List<Json.Fields> steps =
        fields.items("steps").stream()
            .map(item -> Json.as(Json.Fields.class, "steps", item))
            .toList();
    WebSocketOptions options = options(fields, WebSocketOptions.defaults());
    for (Json.Fields step : steps) {
      options = options(step, options);
    }
    boolean recovers = steps.stream().anyMatch(step -> RECOVERY.stream().anyMatch(step::has));
    return new WebSocketCase(
        CaseFields.versions(fields),
        options,
        recovers ? Conversation.Client.RECOVERING : Conversation.Client.FRAME_BY_FRAME,
        steps.stream().filter(step -> !step.has("cfg")).map(Steps::read).toList());
  }

  private static WebSocketOptions options(Json.Fields fields, WebSocketOptions before) {
    Json.Fields cfg = fields.optionalFields("cfg");
    cfg.expectOnly("cfg", Set.of("append_missing_nul", "binary", "max_message"));
    WebSocketOptions options = before;
    options = cfg.flag("append_missing_nul") ? options.with(FrameEnd.NUL_OR_END_OF_TEXT) : options;
    options = cfg.flag("binary") ? options.with(SendAs.BINARY) : options;
    return cfg.has("max_message") ? withMaxMessage(options, cfg.whole("max_message")) : options;
  }

  private static WebSocketOptions withMaxMessage(WebSocketOptions options, int octets) {
    try {
      return options.withMaxMessage(octets);
    } catch (IllegalArgumentException e) {
      throw new CaseFormatException("the field 'max_message' can't be used: " + e.getMessage());
    }
  }
}
