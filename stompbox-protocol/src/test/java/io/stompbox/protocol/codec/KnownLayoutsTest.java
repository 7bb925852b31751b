package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a decoder remembers of frames makes it faster and changes nothing. The other decoder allows
 * one header less than makes remembering worth it, so it reads line by line.
 */
class KnownLayoutsTest {
  private static final DecoderLimits REMEMBERING = limits(HeadLayouts.MOST_LINES);
  private static final DecoderLimits FORGETFUL = limits(HeadLayouts.MOST_LINES - 1);

  private static final List<String> VALUES =
      List.of(
          "",
          "v",
          "other",
          "a value of more than eight octets",
          "a value of more than eight octetz",
          "\\c",
          "a\\nb\\\\c\\c",
          "at the end\\",
          "no \\q escape",
          "\\r",
          "a\rb",
          "at the end\r",
          "\t\u0001\u000f\u0010",
          "a:b",
          " v ",
          "^@",
          "\u00c3\u00a9\u00ff");

  private static final List<String> LENGTHS =
      List.of(
          "0",
          "3",
          "03",
          "000000000000000003",
          "0000000000000000003",
          "4",
          "",
          " 3",
          "+3",
          "3.",
          "3/",
          "3:",
          "99",
          "999999999999999999",
          "9999999999999999999",
          "\u00d9\u00a3");

  /** As {@link #counted}, with a body of one octet. */
  private static final String SHORT = "MESSAGE\nid:7\ncontent-length:1\n\nx^@";

  private static DecoderLimits limits(int headers) {
    return DecoderLimits.defaults().withHeaders(headers).withBody(9);
  }

  static Stream<Arguments> versions() {
    return Stream.of(Version.V1_1, Version.V1_2).map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void valuesAreReadAlikeWhateverCameBefore(Version version) {
    for (String first : VALUES) {
      for (String second : VALUES) {
        isReadAlike(version, message(first, "x"), message(second, "y"), message(first, "z"));
        // After two examples the decoder knows which values differ, and looks only for their ends.
        isReadAlike(
            version,
            message("v", "x"),
            message("w", "y"),
            message(first, second),
            message(second, first));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void contentLengthIsReadAlikeWhateverCameBefore(Version version) {
    for (String first : LENGTHS) {
      for (String second : LENGTHS) {
        isReadAlike(version, counted("3"), counted(first), counted(second), counted("3"));
        isReadAlike(version, counted("3"), SHORT, counted(first), counted(second), SHORT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void bodiesAreReadAlikeUpToTheLimitAndAboveIt(Version version) {
    for (String body : List.of("", "v", "12345678", "123456789", "1234567890", "12345678901")) {
      for (String command : List.of("MESSAGE", "RECEIPT", "SEND", "ERROR", "TELEMETRY")) {
        String head = command + "\nid:1\n\n";
        isReadAlike(version, head + "^@", head + "^@", head + body + "^@", head + "^@");
        isReadAlike(version, head + "^@", command + "\nid:2\n\n" + body + "^@", head + "^@");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aLayoutIsLeftForAnotherOneAtEachPlace(Version version) {
    List<String> heads =
        List.of(
            "MESSAGE\n\n",
            "MESSAGE\nid:1\n\n",
            "MESSAGE\nid:1\nid:2\n\n",
            "MESSAGE\nid:1\nidentity:2\n\n",
            "MESSAGE\nid:1\nname:2\n\n",
            "MESSAGE\nid:1\nname:2\nmore:3\n\n",
            "MESSAGE\nname:1\nid:2\n\n",
            "MESSAGES\nid:1\n\n",
            "MESSAG\nid:1\n\n",
            "RECEIPT\nid:1\n\n",
            "MESSAGE\r\nid:1\r\n\r\n",
            "MESSAGE\nid:1\r\n\r\n",
            "MESSAGE\nid\n\n",
            "MESSAGE\n:1\n\n");
    for (String first : heads) {
      for (String second : heads) {
        isReadAlike(version, "MESSAGE\nid:7\n\n^@", first + "^@", second + "^@", first + "^@");
        isReadAlike(version, first + "^@", second + "^@", first + "^@", second + "^@");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void itIsSaidAlikeWhereTheInputEnded(Version version) {
    String frame = "MESSAGE\nid:1\n\nbody^@";
    for (int end = 0; end < "MESSAGE\nid:1\n\nbody".length(); end++) {
      isReadAlike(version, frame, frame.substring(0, end));
    }
  }

  private static String message(String first, String second) {
    return "MESSAGE\ndestination:/queue/a\nfirst:" + first + "\nlast:" + second + "\n\nbody^@";
  }

  private static String counted(String length) {
    return "MESSAGE\nid:7\ncontent-length:" + length + "\n\n1^@3^@";
  }

  /** Whole and in pieces, with heart-beats between the frames. */
  private static void isReadAlike(Version version, String... frames) {
    byte[] wire = Wire.wire(String.join("\n", frames));
    for (int size : new int[] {wire.length, 1, 7}) {
      List<byte[]> pieces = Wire.pieces(wire, size);
      assertThat(outcome(version, REMEMBERING, pieces))
          .as("in pieces of %d: %s", size, Wire.shown(wire))
          .isEqualTo(outcome(version, FORGETFUL, pieces));
    }
  }

  /**
   * Returns all that can be asked of the frames, and how it ended: with a fault, or with how many
   * events were there after each piece.
   */
  private static List<Object> outcome(Version version, DecoderLimits limits, List<byte[]> pieces) {
    FrameDecoder decoder = new FrameDecoder(DecoderMode.TOLERANT, limits);
    decoder.version(version);
    List<DecodedEvent> events = new ArrayList<>();
    List<Integer> arrivals = new ArrayList<>();
    Object end;
    try {
      for (byte[] piece : pieces) {
        Wire.feed(decoder, List.of(piece), events);
        arrivals.add(events.size());
      }
      decoder.finish();
      end = List.of(decoder.offset(), decoder.unfinished(), arrivals);
    } catch (ProtocolException e) {
      end = e.fault() + ": " + e.getMessage();
    }
    List<Object> outcome = new ArrayList<>(events);
    for (Frame frame : Wire.frames(events)) {
      outcome.add(frame.headers().toBuilder().build() + frame.text() + frame.hashCode());
    }
    outcome.add(end);
    return outcome;
  }
}
