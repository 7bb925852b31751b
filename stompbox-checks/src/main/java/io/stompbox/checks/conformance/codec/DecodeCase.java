package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Cutting;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.FrameText;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries a decode case in every setting, cut in every way, in every kind of buffer. */
record DecodeCase(
    List<Setting> settings, DecoderLimits limits, List<Body> chunks, Decoding expected)
    implements Case {
  @Override
  public List<Run> runs() {
    List<Cutting> cuttings = Cutting.of(chunks);
    List<Run> runs = new ArrayList<>();
    for (Setting setting : settings) {
      for (Cutting cutting : cuttings) {
        for (Memory memory : Memory.values()) {
          runs.add(run(setting, cutting, memory));
        }
      }
    }
    return runs;
  }

  private Run run(Setting setting, Cutting cutting, Memory memory) {
    Observation seen = new Observation(setting.decoder(limits), memory, cutting);
    List<String> frames = seen.frames().stream().map(FrameText::of).toList();
    String wanted = text(expected.frames(), expected.end(), wantedDetails());
    String actual = text(frames, seen.end(), details(seen));
    boolean passed = wanted.equals(actual) || isEarlierError(frames, seen.end());
    return new Run(setting + ", " + cutting.name() + ", " + memory, passed, wanted, actual);
  }

  private boolean isEarlierError(List<String> frames, String end) {
    List<String> wanted = expected.frames();
    return expected.orError()
        && end.startsWith("error ")
        && !end.contains(",")
        && frames.size() <= wanted.size()
        && frames.equals(wanted.subList(0, frames.size()));
  }

  private static String text(List<String> frames, String end, List<String> details) {
    List<String> parts = new ArrayList<>(frames);
    parts.add(end);
    parts.addAll(details);
    return String.join("; ", parts);
  }

  private List<String> wantedDetails() {
    List<String> details = new ArrayList<>();
    expected.lineEnds().ifPresent(count -> details.add(lineEnds(count)));
    expected.lookups().forEach(lookup -> details.add(lookup(lookup.name(), lookup.value())));
    expected.text().ifPresent(details::add);
    return details;
  }

  private List<String> details(Observation seen) {
    List<String> details = new ArrayList<>();
    expected.lineEnds().ifPresent(any -> details.add(lineEnds(seen.lineEnds())));
    if (!seen.frames().isEmpty()) {
      Frame first = seen.frames().get(0);
      for (Decoding.Lookup lookup : expected.lookups()) {
        details.add(lookup(lookup.name(), first.header(lookup.name())));
      }
      expected.text().ifPresent(any -> details.add(bodyText(first)));
    }
    return details;
  }

  private static String lineEnds(int count) {
    return count + " line ends";
  }

  private static String lookup(String name, @Nullable String value) {
    return "lookup of " + FrameText.header(name, value);
  }

  private static String bodyText(Frame frame) {
    return frame.charset().isEmpty() ? Decoding.BINARY : Escaped.shown(frame.text());
  }
}
