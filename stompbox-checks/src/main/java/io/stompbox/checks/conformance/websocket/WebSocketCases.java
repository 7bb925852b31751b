package io.stompbox.checks.conformance.websocket;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import io.stompbox.client.transport.WebSocketOptions.SendAs;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads cases about WebSockets. */
public final class WebSocketCases {
  /** The steps that need a client that recovers. */
  private static final Set<String> RECOVERY = Set.of("hb_timeout", "reconnects_within_ms");

  private static final Conversation.Config PLAIN =
      new Conversation.Config(
          WebSocketOptions.defaults(),
          Conversation.Client.FRAME_BY_FRAME,
          HeartBeat.NONE,
          EnumSet.allOf(Version.class));

  /** A client that is promised heart-beats, which do not come. */
  private static final Conversation.Config STALE =
      new Conversation.Config(
          WebSocketOptions.defaults(),
          Conversation.Client.RECOVERING,
          new HeartBeat(0, 100),
          EnumSet.allOf(Version.class));

  private WebSocketCases() {}

  /** Reads {@code steps}, and {@code cfg} beside or among them. */
  public static Case read(Json.Fields fields) {
    List<Json.Fields> steps =
        fields.items("steps").stream()
            .map(item -> Json.as(Json.Fields.class, "steps", item))
            .toList();
    boolean recovers = steps.stream().anyMatch(step -> RECOVERY.stream().anyMatch(step::has));
    Conversation.Config config = recovers ? STALE : PLAIN;
    config = config(fields, config);
    for (Json.Fields step : steps) {
      config = config(step, config);
    }
    return new WebSocketCase(
        CaseFields.versions(fields),
        config,
        steps.stream().filter(step -> !step.has("cfg")).map(Steps::read).toList());
  }

  private static Conversation.Config config(Json.Fields fields, Conversation.Config before) {
    Json.Fields cfg = fields.optionalFields("cfg");
    cfg.expectOnly(
        "cfg", Set.of("append_missing_nul", "binary", "max_message", "heart_beat", "versions"));
    return new Conversation.Config(
        options(cfg, before.options()),
        before.client(),
        cfg.has("heart_beat") ? CaseFields.heartBeat("heart_beat", cfg) : before.heartBeat(),
        cfg.has("versions") ? versions(cfg.texts("versions")) : before.versions());
  }

  private static WebSocketOptions options(Json.Fields cfg, WebSocketOptions before) {
    WebSocketOptions options = before;
    options = cfg.flag("append_missing_nul") ? options.with(FrameEnd.NUL_OR_END_OF_TEXT) : options;
    options = cfg.flag("binary") ? options.with(SendAs.BINARY) : options;
    return cfg.has("max_message") ? withMaxMessage(options, cfg.whole("max_message")) : options;
  }

  private static Set<Version> versions(List<String> texts) {
    return texts.stream().map(CaseFields::version).collect(Collectors.toSet());
  }

  private static WebSocketOptions withMaxMessage(WebSocketOptions options, int octets) {
    try {
      return options.withMaxMessage(octets);
    } catch (IllegalArgumentException e) {
      throw new CaseFormatException("the field 'max_message' can't be used: " + e.getMessage());
    }
  }
}
