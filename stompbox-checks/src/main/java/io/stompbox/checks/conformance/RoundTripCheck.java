package io.stompbox.checks.conformance;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;

/** Tries a round trip: what is decoded from an encoded frame must be that frame. */
final class RoundTripCheck {
  private static final String CONTENT_LENGTH = "content-length";

  private final Case.RoundTrip tried;

  RoundTripCheck(Case.RoundTrip tried) {
    this.tried = tried;
  }

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Version version : tried.versions()) {
      try {
        Body octets = Body.of(new FrameEncoder(version).encode(tried.draft().frame()));
        tried.modes().forEach(mode -> runs.addAll(decoded(new Setting(version, mode), octets)));
      } catch (RuntimeException e) {
        runs.add(Run.compare(version.text(), wanted(), Refusal.of(e, tried.draft())));
      }
    }
    return runs;
  }

  private String wanted() {
    return tried.refusal().orElseGet(() -> FrameText.of(tried.draft()) + "; clean");
  }

  private List<Run> decoded(Setting setting, Body octets) {
    List<Run> runs = new ArrayList<>();
    for (Cutting cutting : Cutting.of(List.of(octets))) {
      for (Memory memory : Memory.values()) {
        String way = setting + ", " + cutting.name() + ", " + memory;
        runs.add(Run.compare(way, wanted(), decoded(setting, cutting, memory)));
      }
    }
    return runs;
  }

  private String decoded(Setting setting, Cutting cutting, Memory memory) {
    Observation seen = new Observation(setting.decoder(DecoderLimits.defaults()), memory, cutting);
    List<String> parts = new ArrayList<>();
    seen.frames().forEach(frame -> parts.add(text(frame)));
    parts.add(seen.end());
    return String.join("; ", parts);
  }

  /** The encoder may have added the length of the body. */
  private String text(Frame frame) {
    return tried.draft().has(CONTENT_LENGTH)
        ? FrameText.of(frame)
        : FrameText.without(CONTENT_LENGTH, frame);
  }
}
