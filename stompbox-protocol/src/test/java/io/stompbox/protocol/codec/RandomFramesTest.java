package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of any frame and of any octets. The seed is part of each failure. */
class RandomFramesTest {
  private static final List<Command> COMMANDS =
      List.of(
          Command.SEND,
          Command.MESSAGE,
          Command.ERROR,
          Command.RECEIPT,
          Command.CONNECTED,
          Command.of("TELEMETRY"));

  private static final DecoderLimits SMALL = new DecoderLimits(9, 20, 3, 40, 8, 8);

  @ParameterizedTest
  @EnumSource(Version.class)
  void whatIsEncodedIsDecodedHoweverItIsCut(Version version) {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      FrameEncoder encoder = new FrameEncoder(version);
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      List<Frame> expected = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Frame frame = frame(random, version);
        wire.writeBytes(encoder.encode(frame));
        expected.add(frame);
      }
      FrameDecoder decoder = decoder(DecoderMode.TOLERANT, DecoderLimits.defaults(), version);
      List<DecodedEvent> events = new ArrayList<>();
      Wire.feed(decoder, Wire.pieces(wire.toByteArray(), 1 + random.nextInt(99), random), events);

      assertThat(Wire.frames(events)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void whatIsEncodedIsAlsoRightToTheLetter() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Frame frame = frame(random, Version.V1_2);
      byte[] wire = new FrameEncoder(Version.V1_2).encode(frame);
      FrameDecoder decoder = decoder(DecoderMode.STRICT, DecoderLimits.defaults(), Version.V1_2);

      assertThat(Wire.frames(decoder, wire)).as("seed %d", seed).containsExactly(frame);
    }
  }

  @Test
  void changedOctetsGiveFramesOrAProtocolException() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      Version version = any(random, Version.values());
      byte[] wire = new FrameEncoder(version).encode(frame(random, version));
      byte[] changed = changed(wire, random);
      FrameDecoder decoder =
          decoder(any(random, DecoderMode.values()), DecoderLimits.defaults(), version);

      assertThat(outcome(decoder, Wire.pieces(changed, 30, random)))
          .as("seed %d", seed)
          .isNotNull();
    }
  }

  /** Parts of frames in any order meet every state, and small limits meet every border. */
  @Test
  void cutsNeverChangeWhatIsFound() {
    for (int seed = 0; seed < 30_000; seed++) {
      Random random = new Random(seed);
      byte[] wire = parts(random);
      DecoderMode mode = any(random, DecoderMode.values());
      DecoderLimits limits = random.nextBoolean() ? SMALL : DecoderLimits.defaults();
      Version version = any(random, Version.values());
      List<Object> whole = outcome(decoder(mode, limits, version), List.of(wire));

      assertThat(outcome(decoder(mode, limits, version), Wire.pieces(wire, 1)))
          .as("seed %d, one octet at a time, %s %s: %s", seed, version, mode, Wire.shown(wire))
          .isEqualTo(whole);
      assertThat(outcome(decoder(mode, limits, version), Wire.pieces(wire, 9, random)))
          .as("seed %d, cut at random, %s %s: %s", seed, version, mode, Wire.shown(wire))
          .isEqualTo(whole);
    }
  }

  /** Returns events, then the fault or whether more is needed; reads everything of the frames. */
  private static List<Object> outcome(FrameDecoder decoder, List<byte[]> pieces) {
    List<DecodedEvent> events = new ArrayList<>();
    Object end;
    try {
      Wire.feed(decoder, pieces, events);
      end = decoder.isInsideFrame();
    } catch (ProtocolException e) {
      end = e.fault();
    }
    List<Object> outcome = new ArrayList<>(events);
    for (Frame frame : Wire.frames(events)) {
      outcome.add(frame + frame.text() + frame.headers().asMap() + frame.hashCode());
    }
    outcome.add(end);
    return outcome;
  }

  private static byte[] parts(Random random) {
    StringBuilder wire = new StringBuilder();
    for (int i = random.nextInt(25); i > 0; i--) {
      wire.append(
          any(
              random,
              "MESSAGE\n",
              "ERROR\n",
              "RECEIPT\n",
              "SEND",
              "\n",
              "\n\n",
              "\r",
              "\r\n",
              "^@",
              ":",
              "\\",
              "c",
              "abc",
              "a:b\n",
              "content-length:3\n\nxyz^@",
              "content-length:",
              "4",
              " ",
              "\u00c3\u00a9",
              "\u00ff"));
    }
    return Wire.wire(wire.toString());
  }

  private static byte[] changed(byte[] wire, Random random) {
    byte[] changed = wire.clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] = (byte) random.nextInt(256);
        case 1 -> changed[at] = (byte) "\0\n\r:\\".charAt(random.nextInt(5));
        case 2 -> System.arraycopy(changed, 0, changed, at, changed.length - at);
        default -> changed = Arrays.copyOf(changed, Math.max(1, at));
      }
    }
    return changed;
  }

  private static Frame frame(Random random, Version version) {
    Command command = COMMANDS.get(random.nextInt(COMMANDS.size()));
    boolean raw = version == Version.V1_0 || command.isHandshake();
    Headers.Builder headers = Headers.builder();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = text(random, raw);
      headers.add("n" + (raw ? name.replace(":", "") : name), text(random, raw) + "v");
    }
    byte[] body = new byte[command.allowsBody(Version.V1_2) ? random.nextInt(40) : 0];
    random.nextBytes(body);
    if (body.length > 0) {
      headers.add("content-length", Integer.toString(body.length));
    }
    return new Frame(command, headers.build(), Body.of(body));
  }

  /** Returns text without blanks at its start, which 1.0 would drop. */
  private static String text(Random random, boolean raw) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(any(random, "a", "b", ":", "\\", "c", "é", "東", "\ud83d\ude00", "-"));
      text.append(raw ? "" : any(random, "", "", "\n", "\r", "\0", " "));
    }
    return text.toString();
  }

  @SafeVarargs
  private static <T> T any(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static FrameDecoder decoder(DecoderMode mode, DecoderLimits limits, Version version) {
    FrameDecoder decoder = new FrameDecoder(mode, limits);
    decoder.version(version);
    return decoder;
  }
}
