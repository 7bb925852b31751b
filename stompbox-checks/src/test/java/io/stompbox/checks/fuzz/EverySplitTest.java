package io.stompbox.checks.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All wires of the conformance cases, cut and damaged in every place and not only in some. */
@Tag(Fault.TAG)
class EverySplitTest {
  private static final int RANDOM_WIRES = 5000;
  private static final int MOST_FLIPPED_OCTETS = 80;
  private static final int MOST_RANDOM_OCTETS = 200;

  /** What random octets are made of half of the time, so that they get beyond the command. */
  private static final String[] PIECES = {
    "MESSAGE\n", "RECEIPT\n", "CONNECTED\n", "content-length:", "7", "\n", "\r\n", ":", "\\", "\0"
  };

  @ParameterizedTest
  @EnumSource(Version.class)
  void aCutAtAnyOctetChangesNeitherFramesNorFaults(Version version) throws IOException {
    for (byte[] wire : CaseOctets.all()) {
      compareCuts(version, new byte[0], wire);
      compareCuts(version, wire, wire);
    }
  }

  /** A decoder goes another way where it knows the head of a frame from one that came before. */
  private static void compareCuts(Version version, byte[] before, byte[] wire) {
    Decoding whole = decoding(version, before, before, wire);
    for (int cut = 1; cut < wire.length; cut++) {
      byte[] head = Arrays.copyOf(wire, cut);
      byte[] rest = Arrays.copyOfRange(wire, cut, wire.length);
      Decoding cutOnce = decoding(version, before, before, head, rest);
      if (!cutOnce.equals(whole)) {
        assertThat(cutOnce).as("cut at %d of %s", cut, new String(wire, UTF_8)).isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n\r\n\n"})
  void endsOfLinesBetweenFramesChangeNoFrame(String ends) throws IOException {
    for (byte[] wire : CaseOctets.all()) {
      Decoding alone = decoding(Version.V1_2, wire);
      boolean isWhole = !alone.failed() && alone.end().endsWith("unfinished 0");
      if (isWhole && !alone.frames().isEmpty()) {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(wire);
        twice.writeBytes(ends.getBytes(US_ASCII));
        twice.writeBytes(wire);
        List<Frame> frames = decoding(Version.V1_2, twice.toByteArray()).frames();
        int number = alone.frames().size();
        assertThat(frames).hasSize(2 * number);
        assertThat(frames.subList(0, number)).isEqualTo(alone.frames());
        assertThat(frames.subList(number, 2 * number)).isEqualTo(alone.frames());
      }
    }
  }

  /** What is none of frames, heart-beats and a ProtocolException fails the test as it is. */
  @ParameterizedTest
  @EnumSource(value = Version.class, names = "V1_1", mode = EnumSource.Mode.EXCLUDE)
  void aFlippedBitOrAnEarlyEndGivesFramesOrAFault(Version version) throws IOException {
    for (byte[] wire : CaseOctets.all()) {
      int bits = 8 * Math.min(MOST_FLIPPED_OCTETS, wire.length);
      for (int bit = 0; bit < bits; bit++) {
        byte[] flipped = wire.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        decoding(version, flipped).readEverything();
      }
      Decoding whole = decoding(version, wire);
      for (int length = 0; length < wire.length; length++) {
        List<DecodedEvent> events = decoding(version, Arrays.copyOf(wire, length)).events();
        assertThat(events.size()).isLessThanOrEqualTo(whole.events().size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void randomOctetsGiveFramesOrAFault(Version version) {
    Random random = new Random(1126);
    int frames = 0;
    int faults = 0;
    for (int i = 0; i < RANDOM_WIRES; i++) {
      Decoding decoding = decoding(version, i % 2 == 0 ? octets(random) : pieces(random));
      decoding.readEverything();
      frames += decoding.frames().size();
      faults += decoding.failed() ? 1 : 0;
    }
    assertThat(frames).isPositive();
    assertThat(faults).isPositive();
  }

  private static byte[] octets(Random random) {
    byte[] octets = new byte[random.nextInt(MOST_RANDOM_OCTETS)];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] pieces(Random random) {
    StringBuilder pieces = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      pieces.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return pieces.toString().getBytes(US_ASCII);
  }

  private static Decoding decoding(Version version, byte[]... pieces) {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, DecoderLimits.defaults());
    decoder.version(version);
    return Decoding.of(decoder, List.of(pieces));
  }
}
