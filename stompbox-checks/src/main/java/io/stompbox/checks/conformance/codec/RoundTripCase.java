package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Cutting;
import io.stompbox.checks.conformance.kit.Draft;
import io.stompbox.checks.conformance.kit.FrameText;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries a round trip: what is decoded from an encoded frame must be that frame. */
record RoundTripCase(
    List<Version> versions, List<DecoderMode> modes, Draft draft, Optional<String> refusal)
    implements Case {
  private static final String CONTENT_LENGTH = "content-length";

  @Override
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Version version : versions) {
      try {
        Body octets = Body.of(new FrameEncoder(version).encode(draft.frame()));
        modes.forEach(mode -> runs.addAll(decoded(new Setting(version, mode), octets)));
      } catch (RuntimeException e) {
        runs.add(Run.compare(version.text(), wanted(), Refusal.of(e, draft)));
      }
    }
    return runs;
  }

  private String wanted() {
    return refusal.orElseGet(() -> FrameText.of(draft) + "; clean");
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
    return draft.has(CONTENT_LENGTH)
        ? FrameText.of(frame)
        : FrameText.without(CONTENT_LENGTH, frame);
  }
}
