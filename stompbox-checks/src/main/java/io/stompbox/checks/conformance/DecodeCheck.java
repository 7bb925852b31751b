package io.stompbox.checks.conformance;

import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries a decode case in every setting, cut in every way, in every kind of buffer. */
final class DecodeCheck {
  private final Case.Decode tried;

  DecodeCheck(Case.Decode tried) {
    this.tried = tried;
  }

  List<Run> runs() {
    List<Cutting> cuttings = Cutting.of(tried.chunks());
    List<Run> runs = new ArrayList<>();
    for (Setting setting : tried.settings()) {
      for (Cutting cutting : cuttings) {
        for (Memory memory : Memory.values()) {
          runs.add(run(setting, cutting, memory));
        }
      }
    }
    return runs;
  }

  private Run run(Setting setting, Cutting cutting, Memory memory) {
    Case.Decoding expected = tried.expected();
    Observation seen = new Observation(setting.decoder(tried.limits()), memory, cutting);
    List<String> frames = seen.frames().stream().map(FrameText::of).toList();
    String wanted = text(expected.frames(), expected.end(), wantedDetails());
    String actual = text(frames, seen.end(), details(seen));
    boolean passed = wanted.equals(actual) || isEarlierError(frames, seen.end());
    return new Run(setting + ", " + cutting.name() + ", " + memory, passed, wanted, actual);
  }

  private boolean isEarlierError(List<String> frames, String end) {
    List<String> wanted = tried.expected().frames();
    return tried.expected().orError()
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
    Case.Decoding expected = tried.expected();
    List<String> details = new ArrayList<>();
    expected.lineEnds().ifPresent(count -> details.add(lineEnds(count)));
    expected.lookups().forEach(lookup -> details.add(lookup(lookup.name(), lookup.value())));
    expected.text().ifPresent(details::add);
    return details;
  }

  private List<String> details(Observation seen) {
    Case.Decoding expected = tried.expected();
    List<String> details = new ArrayList<>();
    expected.lineEnds().ifPresent(any -> details.add(lineEnds(seen.lineEnds())));
    if (!seen.frames().isEmpty()) {
      Frame first = seen.frames().get(0);
      for (Case.Lookup lookup : expected.lookups()) {
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
    return frame.charset().isEmpty() ? Case.Decoding.BINARY : Escaped.shown(frame.text());
  }
}
