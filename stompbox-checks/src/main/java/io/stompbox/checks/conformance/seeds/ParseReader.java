package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.FrameText;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads PARSE cases. */
final class ParseReader {
  /** What a parser says of an input that is not complete. */
  private static final String WAIT = "WAIT";

  /**
   * The error of a NUL inside a header line. A NUL may stand there, so the line that ends the
   * headers has not come yet.
   */
  private static final String NO_END_OF_HEADERS = "header end missing";

  private final Version version;

  /** Whether a CR may be part of a header: not in STOMP 1.2, unless it was escaped. */
  private final boolean mayHoldCarriageReturns;

  private final List<String> events = new ArrayList<>();
  private String end = ParseOutcome.CLEAN;
  private Optional<SeedError> error = Optional.empty();

  private ParseReader(Version version, boolean mayHoldCarriageReturns) {
    this.version = version;
    this.mayHoldCarriageReturns = mayHoldCarriageReturns;
  }

  static Case read(Json.Fields fields) {
    fields.expectOnly(
        "the case", Set.of("section", "id", "v", "in", "expect", "note", "orig", "agree", "area"));
    List<Body> reads =
        fields.items("in").stream().map(item -> SeedFields.octets("in", item)).toList();
    Version version = SeedFields.version(fields);
    boolean mayHoldCarriageReturns =
        version != Version.V1_2 || reads.stream().anyMatch(SeedError::hasEscapedCarriageReturn);
    ParseReader reader = new ParseReader(version, mayHoldCarriageReturns);
    for (Json event : fields.items("expect")) {
      if (!reader.end.equals(ParseOutcome.CLEAN)) {
        break;
      }
      reader.take(event);
    }
    return new ParseCase(
        reader.version,
        reads,
        new ParseOutcome(reader.events, reader.end),
        reader.error,
        heartBeats(fields),
        List.of());
  }

  private static ParseCase.HeartBeats heartBeats(Json.Fields fields) {
    return fields.optionalText("note").orElse("").contains("count is not essential")
        ? ParseCase.HeartBeats.ANY_NUMBER
        : ParseCase.HeartBeats.COUNTED;
  }

  private void take(Json event) {
    if (event instanceof Json.Items frame) {
      takeFrame(frame);
    } else if (event instanceof Json.Fields fields) {
      takeError(fields.text("err"));
    } else {
      takeWord(Json.as(Json.Text.class, "expect", event).value());
    }
  }

  private void takeWord(String word) {
    switch (word) {
      case ParseOutcome.HEART_BEAT -> events.add(word);
      case WAIT -> end = ParseOutcome.INCOMPLETE;
      default ->
          throw new CaseFormatException("the field 'expect' holds no kind of event: " + word);
    }
  }

  private void takeError(String name) {
    if (name.equals(NO_END_OF_HEADERS)) {
      end = ParseOutcome.INCOMPLETE;
    } else {
      endWith(SeedError.named(name));
    }
  }

  private void endWith(SeedError reason) {
    error = Optional.of(reason);
    end = reason.text();
  }

  private void takeFrame(Json frame) {
    List<Json> parts = SeedFields.items("expect", frame, 3);
    List<String> headers = new ArrayList<>();
    for (Json header : Json.as(Json.Items.class, "headers", parts.get(1)).items()) {
      List<Json> pair = SeedFields.pair("headers", header);
      Body name = SeedFields.octets("name of a header", pair.get(0));
      if (name.isEmpty()) {
        endWith(SeedError.EMPTY_HEADER_NAME);
        return;
      }
      Body value = value(pair.get(1));
      if (!mayHoldCarriageReturns && value.text(StandardCharsets.ISO_8859_1).contains("\r")) {
        endWith(SeedError.BARE_CR);
        return;
      }
      headers.add(ParseOutcome.header(name, value));
    }
    String command = Json.as(Json.Text.class, "command", parts.get(0)).value();
    events.add(FrameText.of(command, headers, SeedFields.octets("body", parts.get(2))));
  }

  /** STOMP 1.0 pads its own examples, so blanks around values are no part of them. */
  private Body value(Json json) {
    Body value = SeedFields.octets("value of a header", json);
    if (version != Version.V1_0) {
      return value;
    }
    String text = value.text(StandardCharsets.ISO_8859_1);
    return Body.of(text.replaceAll("^[ \t\r]+|[ \t\r]+$", ""), StandardCharsets.ISO_8859_1);
  }
}
