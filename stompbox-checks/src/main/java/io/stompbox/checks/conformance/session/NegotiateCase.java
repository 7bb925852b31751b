package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.AcceptVersion;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.HeartBeat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers, and what it makes of the answer.
 *
 * @param versions the texts of {@code v}; {@code pre} stands for any
 * @param given what the client wants and what CONNECTED says
 * @param expect what must come of it, by name
 */
record NegotiateCase(List<String> versions, Json.Fields given, Json.Fields expect) implements Case {
  private static final Set<String> GIVEN =
      Set.of("accept", "client", "connected_version", "connected_heart_beat");
  private static final Set<String> EXPECTED =
      Set.of(
          "version",
          "fail",
          "refuse",
          "accept_version",
          "accept_version_any_of",
          "heart_beat",
          "heart_beat_any_of",
          "out_ms",
          "in_ms");

  NegotiateCase {
    given.expectOnly("'given'", GIVEN);
    expect.expectOnly("'expect'", EXPECTED);
    if (expect.members().isEmpty()) {
      throw new CaseFormatException("the field 'expect' asks for nothing");
    }
  }

  @Override
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (String text : versions) {
      Map<String, @Nullable String> seen = seen(Version.of(text).orElse(Version.V1_2));
      List<String> missed = new ArrayList<>();
      expect
          .members()
          .forEach(
              (name, wanted) -> {
                if (!holds(name, wanted, seen)) {
                  missed.add(name);
                }
              });
      runs.add(new Run(text, missed.isEmpty(), expect.members().toString(), seen.toString()));
    }
    return runs;
  }

  private static boolean holds(String name, Json wanted, Map<String, @Nullable String> seen) {
    String suffix = "_any_of";
    if (!name.endsWith(suffix)) {
      return Seen.isValue(wanted, seen.get(name), name);
    }
    String plain = name.substring(0, name.length() - suffix.length());
    return Json.as(Json.Items.class, name, wanted).items().stream()
        .anyMatch(value -> Seen.isValue(value, seen.get(plain), name));
  }

  private Map<String, @Nullable String> seen(Version version) {
    Map<String, @Nullable String> seen = new TreeMap<>();
    try {
      Set<Version> offered =
          given.has("accept")
              ? Texts.versions(given.texts("accept"))
              : EnumSet.allOf(Version.class);
      HeartBeat wanted = wanted();
      Frame connect = Commands.connect(offered, "h", wanted, Headers.empty());
      seen.put("accept_version", connect.header(AcceptVersion.HEADER));
      seen.put("heart_beat", connect.header(HeartBeat.HEADER));
      if (isAnswered()) {
        answered(Agreement.of(connected(version), offered, wanted), seen);
      }
    } catch (ProtocolException e) {
      boolean heartBeat = e.fault() == Fault.BAD_HEART_BEAT;
      seen.put("fail", heartBeat ? "bad-heart-beat" : Texts.category(e));
    } catch (IllegalArgumentException e) {
      seen.put("refuse", refusal(e));
    }
    return seen;
  }

  private static String refusal(IllegalArgumentException e) {
    if (e instanceof IllegalFrameException illegal && illegal.reason() == Reason.NO_VERSION) {
      return "no-version";
    }
    return e instanceof Texts.UnknownVersion ? "unknown-version" : "bad-heart-beat";
  }

  private HeartBeat wanted() {
    if (!given.has("client")) {
      return HeartBeat.NONE;
    }
    return CaseFields.heartBeat("client", given);
  }

  private boolean isAnswered() {
    return given.members().containsKey("connected_version")
        || given.members().containsKey("connected_heart_beat");
  }

  /** Null says that the header is not there. */
  private Frame connected(Version version) {
    Map<String, String> headers = new LinkedHashMap<>();
    Optional<String> chosen =
        given.members().containsKey("connected_version")
            ? given.optionalText("connected_version")
            : Optional.of(version.text());
    chosen.ifPresent(text -> headers.put("version", text));
    given.optionalText("connected_heart_beat").ifPresent(text -> headers.put("heart-beat", text));
    return new Frame(Command.CONNECTED, Headers.of(headers), Body.empty());
  }

  private static void answered(Agreement agreement, Map<String, @Nullable String> seen) {
    seen.put("version", agreement.version().text());
    seen.put("out_ms", Integer.toString(agreement.heartBeat().sendMillis()));
    seen.put("in_ms", Integer.toString(agreement.heartBeat().receiveMillis()));
  }
}
