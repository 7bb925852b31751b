package io.stompbox.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An input is one octet for the setting of the decoder, one for the cuts, and the wire. */
class DecoderFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a decoder, one fault and the list of events take, and what the JVM does meanwhile. */
  private static final long FIXED = 256 * 1024;

  /** An empty line becomes an event, and a header of three octets two references and Strings. */
  private static final long FOR_AN_OCTET = 256;

  private static final List<Version> VERSIONS = List.of(Version.V1_2, Version.V1_1, Version.V1_0);

  /** So small that all of them are reached. */
  private static final DecoderLimits SMALL = new DecoderLimits(9, 20, 3, 40, 8, 8);

  private static final List<DecoderMode> MODES =
      List.of(DecoderMode.TOLERANT, DecoderMode.STRICT, DecoderMode.RESYNCHRONISING);

  /** Each version and none, in each mode, with each limits. */
  private static final int SETTINGS = (VERSIONS.size() + 1) * MODES.size() * 2;

  /** The wire of each conformance case with another setting. */
  static Stream<byte[]> wires() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] wire : CaseOctets.all()) {
      inputs.add(CaseOctets.input(wire, inputs.size() % SETTINGS, inputs.size()));
    }
    return inputs.stream();
  }

  @MethodSource("wires")
  @FuzzTest
  void anyOctetsGiveEventsOrOneFault(byte[] input) {
    Choices choices = new Choices(input);
    FrameDecoder decoder = decoder(choices);
    choices.octet();
    byte[] wire = choices.rest();

    long before = THREADS.getCurrentThreadAllocatedBytes();
    Decoding whole = Decoding.of(decoder, List.of(wire));
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken).isLessThan(FIXED + FOR_AN_OCTET * wire.length);
    assertThat(decoder.unfinished()).isBetween(0L, (long) wire.length);
    whole.checkSkips(wire.length);
    whole.readEverything();
    if (whole.failed()) {
      Decoding again = Decoding.of(decoder, List.of(new byte[] {'\n'}));
      assertThat(again).isEqualTo(whole.withoutEvents());
    }
  }

  @MethodSource("wires")
  @FuzzTest
  void cutsAndBuffersChangeNothing(byte[] input) {
    Choices choices = new Choices(input);
    FrameDecoder decoder = decoder(choices);
    FrameDecoder other = decoder(new Choices(input));
    int cuts = choices.octet();
    byte[] wire = choices.rest();

    Decoding whole = Decoding.of(decoder, List.of(wire));

    assertThat(Decoding.of(other, pieces(wire, cuts))).isEqualTo(whole);
  }

  private static FrameDecoder decoder(Choices choices) {
    int setting = choices.octet();
    DecoderMode mode = MODES.get(setting % MODES.size());
    int rest = setting / MODES.size();
    FrameDecoder decoder = new FrameDecoder(mode, rest % 2 == 0 ? DecoderLimits.defaults() : SMALL);
    int version = rest / 2 % (VERSIONS.size() + 1);
    if (version < VERSIONS.size()) {
      decoder.version(VERSIONS.get(version));
    }
    return decoder;
  }

  /** Returns the wire octet by octet for 0, else in random pieces. */
  private static List<byte[]> pieces(byte[] wire, int seed) {
    Random random = new Random(seed);
    List<byte[]> pieces = new ArrayList<>();
    Choices rest = new Choices(wire);
    while (!rest.isOver()) {
      pieces.add(rest.octets(seed == 0 ? 1 : 1 + random.nextInt(seed)));
    }
    return pieces;
  }
}
