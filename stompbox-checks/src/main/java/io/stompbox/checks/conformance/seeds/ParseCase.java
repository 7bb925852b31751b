package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.codec.Memory;
import io.stompbox.checks.conformance.codec.Observation;
import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Cutting;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Octets to frames, tried with the properties that must hold for all of them: the same at every
 * cut, octet by octet, twice in a row, behind all other frames of the file, and after a reset.
 *
 * @param error what the outcome ends with
 * @param others cases of the same file whose frames may come before
 */
record ParseCase(
    Version version,
    List<Body> reads,
    ParseOutcome wanted,
    Optional<SeedError> error,
    HeartBeats heartBeats,
    List<ParseCase> others)
    implements Case {
  /** How many octets all tries with one cut may have together. */
  private static final int MOST_OCTETS = 4_000_000;

  /** Whether the number of heart-beats counts. */
  enum HeartBeats {
    COUNTED,
    ANY_NUMBER
  }

  @Override
  public Case among(List<Case> file) {
    List<ParseCase> neighbours =
        file.stream()
            .filter(ParseCase.class::isInstance)
            .map(ParseCase.class::cast)
            .filter(other -> !other.equals(this) && other.version == version && other.isWhole())
            .toList();
    return new ParseCase(version, reads, wanted, error, heartBeats, neighbours);
  }

  /** Whether others can follow in the same input. */
  private boolean isWhole() {
    return error.isEmpty()
        && wanted.end().equals(ParseOutcome.CLEAN)
        && heartBeats == HeartBeats.COUNTED;
  }

  /** Cases without an error are tried by a tolerant decoder, since that is what the seeds are. */
  @Override
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Memory memory : Memory.values()) {
      runs.addAll(runs(DecoderMode.TOLERANT, memory));
      if (error.isPresent()) {
        runs.addAll(runs(DecoderMode.STRICT, memory));
      }
    }
    return runs;
  }

  private List<Run> runs(DecoderMode mode, Memory memory) {
    List<Run> runs = new ArrayList<>();
    for (Cutting cutting : cuttings()) {
      runs.add(run(mode, memory, cutting, wanted));
    }
    int length = joined(List.of(this)).length;
    for (int i = 0; i <= length; i += step(length)) {
      runs.add(runAfterReset(mode, memory, i));
    }
    if (isWhole()) {
      runs.add(run(mode, memory, inOneRead("twice", List.of(this, this)), wanted.then(wanted)));
    }
    if (mode == DecoderMode.TOLERANT) {
      runs.add(runBehindOthers(memory));
    }
    return runs;
  }

  private List<Cutting> cuttings() {
    List<Cutting> cuttings = new ArrayList<>(Cutting.of(reads));
    byte[] all = joined(List.of(this));
    for (int i = 1; i < all.length; i += step(all.length)) {
      byte[] end = Arrays.copyOfRange(all, i, all.length);
      cuttings.add(new Cutting("cut at " + i, List.of(Arrays.copyOf(all, i), end)));
    }
    return cuttings;
  }

  /** The distance between two cuts: 1, or more where the octets of all tries would be too many. */
  private static int step(int length) {
    return (int) Math.max(1, (long) length * length / MOST_OCTETS);
  }

  private Run run(DecoderMode mode, Memory memory, Cutting cutting, ParseOutcome expected) {
    Observation seen = new Observation(decoder(mode), memory, cutting);
    return compared(mode, cutting.name() + ", " + memory, expected, seen);
  }

  private Run runBehindOthers(Memory memory) {
    List<ParseCase> all = new ArrayList<>(others);
    all.add(this);
    ParseOutcome expected = all.stream().map(ParseCase::wanted).reduce(ParseOutcome::then).get();
    return run(DecoderMode.TOLERANT, memory, inOneRead("behind the others", all), expected);
  }

  /** What came before the reset must not show, wherever it broke off. */
  private Run runAfterReset(DecoderMode mode, Memory memory, int cut) {
    byte[] all = joined(List.of(this));
    FrameDecoder decoder = decoder(mode);
    Cutting start = new Cutting("start", List.of(Arrays.copyOf(all, cut)));
    Observation earlier = new Observation(decoder, memory, start);
    decoder.reset();
    decoder.version(version);
    Observation seen = new Observation(decoder, memory, Cutting.of(reads).get(0));
    String way = "after a reset at " + cut + " (" + earlier.end() + "), " + memory;
    return compared(mode, way, wanted, seen);
  }

  private FrameDecoder decoder(DecoderMode mode) {
    FrameDecoder decoder = new FrameDecoder(mode, DecoderLimits.defaults());
    decoder.version(version);
    return decoder;
  }

  private Run compared(DecoderMode mode, String way, ParseOutcome all, Observation seen) {
    boolean counted = heartBeats == HeartBeats.COUNTED;
    ParseOutcome expected = counted ? all : all.withoutHeartBeats();
    ParseOutcome actual = ParseOutcome.of(seen);
    actual = counted ? actual : actual.withoutHeartBeats();
    Body octets = Body.of(joined(List.of(this)));
    boolean passed =
        actual.isAs(expected, error)
            || (error.filter(e -> e.isOptional(version, mode, octets)).isPresent()
                && actual.startsWith(expected)
                && actual.isOrderly());
    return new Run(version + " " + mode + ", " + way, passed, expected.text(), actual.text());
  }

  private static Cutting inOneRead(String name, List<ParseCase> cases) {
    return new Cutting(name, List.of(joined(cases)));
  }

  private static byte[] joined(List<ParseCase> cases) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    cases.forEach(one -> one.reads.forEach(read -> all.writeBytes(read.toBytes())));
    return all.toByteArray();
  }
}
