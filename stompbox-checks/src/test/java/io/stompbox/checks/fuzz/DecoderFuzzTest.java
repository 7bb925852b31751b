package io.stompbox.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An input is one octet for the setting of the decoder, one for the cuts, and the wire. */
class DecoderFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a decoder and one fault take. */
  private static final long FIXED = 64 * 1024;

  /** A frame of ten octets may become a fault of a kilobyte. */
  private static final long FOR_AN_OCTET = 256;

  private static final List<Version> VERSIONS = List.of(Version.V1_2, Version.V1_1, Version.V1_0);

  /** So small that all of them are reached. */
  private static final DecoderLimits SMALL = new DecoderLimits(9, 20, 3, 40, 8, 8);

  private static final List<DecoderMode> MODES =
      List.of(DecoderMode.TOLERANT, DecoderMode.STRICT, DecoderMode.RESYNCHRONISING);

  /** Too few for a decoder to remember how frames looked. */
  private static final DecoderLimits FEW_HEADERS = DecoderLimits.defaults().withHeaders(31);

  /** Each version and none, in each mode, with each limits, with bodies whole and streamed. */
  private static final int SETTINGS = (VERSIONS.size() + 1) * MODES.size() * 2 * 2;

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
    FrameDecoder decoder = decoder(new Choices(input));
    Decoding whole = Decoding.of(decoder, List.of(wire(input)));

    assertThat(decoder.unfinished()).isBetween(0L, (long) wire(input).length);
    whole.checkSkips(wire(input).length);
    whole.checkStreams();
    whole.readEverything();
    if (whole.failed()) {
      Decoding again = Decoding.of(decoder, List.of(new byte[] {'\n'}));
      assertThat(again).isEqualTo(whole.withoutEvents());
    }
  }

  @MethodSource("wires")
  @FuzzTest
  void takesMemoryInProportionToWhatCame(byte[] input) {
    byte[] wire = wire(input);
    long most = FIXED + FOR_AN_OCTET * wire.length;

    // What is loaded and linked for the first time counts as well, so more than one try is fair.
    long taken = allocated(input, wire);
    for (int tries = 1; taken > most && tries < 4; tries++) {
      taken = allocated(input, wire);
    }

    assertThat(taken).isLessThanOrEqualTo(most);
  }

  private static long allocated(byte[] input, byte[] wire) {
    FrameDecoder decoder = decoder(new Choices(input));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Decoding decoding = Decoding.of(decoder, List.of(wire));
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(decoding.events()).isNotNull();
    return taken;
  }

  @MethodSource("wires")
  @FuzzTest
  void cutsAndBuffersChangeNothing(byte[] input) {
    byte[] wire = wire(input);
    int cuts = input.length > 1 ? input[1] & 0xff : 0;
    FrameDecoder other = decoder(new Choices(input));

    Decoding whole = Decoding.of(decoder(new Choices(input)), List.of(wire));

    assertThat(Decoding.of(other, pieces(wire, cuts))).isEqualTo(whole);
  }

  /** A decoder that allows few headers does not remember how frames looked. */
  @MethodSource("wires")
  @FuzzTest
  void whatIsRememberedOfFramesChangesNothing(byte[] input) {
    byte[] wire = wire(input);
    List<byte[]> pieces = new ArrayList<>(pieces(wire, input.length > 1 ? input[1] & 0xff : 0));
    pieces.addAll(List.of(wire, wire));
    Version version = input.length > 0 && input[0] % 2 == 0 ? Version.V1_2 : Version.V1_1;

    Decoding forgetful = Decoding.of(remembering(version, FEW_HEADERS), pieces);

    if (!forgetful.end().startsWith(Fault.LIMIT_HEADERS.name())) {
      Decoding remembered = Decoding.of(remembering(version, DecoderLimits.defaults()), pieces);
      assertThat(remembered).isEqualTo(forgetful);
    }
  }

  private static FrameDecoder remembering(Version version, DecoderLimits limits) {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits);
    decoder.version(version);
    return decoder;
  }

  /** The octets behind those for the setting and the cuts. */
  private static byte[] wire(byte[] input) {
    return Arrays.copyOfRange(input, Math.min(2, input.length), input.length);
  }

  private static FrameDecoder decoder(Choices choices) {
    int setting = choices.octet();
    DecoderMode mode = MODES.get(setting % MODES.size());
    int rest = setting / MODES.size();
    DecoderLimits limits = rest % 2 == 0 ? DecoderLimits.defaults() : SMALL;
    BodyStreaming streaming =
        rest / 2 % 2 == 0 ? BodyStreaming.off() : BodyStreaming.above(4).withMost(30);
    FrameDecoder decoder = new FrameDecoder(mode, limits, streaming);
    int version = rest / 4 % (VERSIONS.size() + 1);
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
