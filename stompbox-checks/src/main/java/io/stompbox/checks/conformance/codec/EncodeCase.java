package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Draft;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.Refusal;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tries an encode case in every version and kind of buffer. */
record EncodeCase(List<Version> versions, EncoderOptions options, Draft draft, Encoding expected)
    implements Case {
  /** The encoder remembers what it wrote, so the same frame is written this often. */
  private static final int TIMES = 3;

  private static final Frame HARMLESS = Frame.of(Command.SEND, "destination", "/queue/later");

  @Override
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Version version : versions) {
      for (Memory memory : Memory.values()) {
        if (expected instanceof Encoding.Written written) {
          runs.add(written(written, version, memory));
          runs.add(tooSmall(version, memory));
        } else if (expected instanceof Encoding.Refused refused) {
          runs.add(refused(refused, version, memory));
        }
      }
    }
    return runs;
  }

  private Run written(Encoding.Written written, Version version, Memory memory) {
    String way = version + ", " + memory;
    String wanted = text(written);
    try {
      FrameEncoder encoder = encoder(version);
      Frame frame = draft.frame();
      for (int i = 0; i < TIMES; i++) {
        Body octets = encode(encoder, frame, memory);
        Optional<String> problem = new WireCheck(written).problem(octets);
        if (problem.isPresent()) {
          String actual = Escaped.shown(octets) + ": " + problem.get();
          return new Run(way + ", time " + (i + 1), false, wanted, actual);
        }
        if (!Arrays.equals(encoder.encode(frame), octets.toBytes())) {
          return new Run(way, false, "the same octets in an array", "others");
        }
      }
      return new Run(way, true, wanted, wanted);
    } catch (RuntimeException e) {
      return new Run(way, false, wanted, Refusal.of(e, draft));
    }
  }

  private static Body encode(FrameEncoder encoder, Frame frame, Memory memory) {
    ByteBuffer target = memory.room(encoder.maxSize(frame));
    int start = target.position();
    encoder.encode(frame, target);
    byte[] octets = new byte[target.position() - start];
    target.flip().position(start).get(octets);
    return Body.of(octets);
  }

  private Run tooSmall(Version version, Memory memory) {
    String wanted = "a BufferOverflowException, nothing written";
    String way = version + ", " + memory + " that is one octet too small";
    try {
      FrameEncoder encoder = encoder(version);
      Frame frame = draft.frame();
      ByteBuffer target = memory.room(encoder.encode(frame).length - 1);
      return Run.compare(way, wanted, overflow(encoder, frame, target));
    } catch (RuntimeException e) {
      return new Run(way, false, wanted, Refusal.of(e, draft));
    }
  }

  private static String overflow(FrameEncoder encoder, Frame frame, ByteBuffer target) {
    int start = target.position();
    try {
      encoder.encode(frame, target);
      return "wrote " + (target.position() - start) + " octets";
    } catch (BufferOverflowException e) {
      return "a BufferOverflowException, " + moved(target, start);
    }
  }

  private Run refused(Encoding.Refused refused, Version version, Memory memory) {
    String actual = refusal(version, memory);
    List<String> wanted =
        refused.categories().stream().map(category -> category + ", nothing written").toList();
    return new Run(
        version + ", " + memory, wanted.contains(actual), String.join(", or ", wanted), actual);
  }

  private String refusal(Version version, Memory memory) {
    try {
      FrameEncoder encoder = encoder(version);
      return refusal(encoder, draft.frame(), memory);
    } catch (RuntimeException e) {
      return Refusal.of(e, draft) + ", nothing written";
    }
  }

  private String refusal(FrameEncoder encoder, Frame frame, Memory memory) {
    ByteBuffer target = memory.room(encoder.maxSize(frame));
    int start = target.position();
    try {
      encoder.encode(frame, target);
      return "wrote " + (target.position() - start) + " octets";
    } catch (RuntimeException e) {
      return Refusal.of(e, draft) + ", " + moved(target, start) + harm(encoder);
    }
  }

  /** A refused frame must not show in the next one; returns how that was broken. */
  private String harm(FrameEncoder encoder) {
    byte[] untouched = encoder(encoder.version()).encode(HARMLESS);
    byte[] later = encoder.encode(HARMLESS);
    return Arrays.equals(later, untouched)
        ? ""
        : ", but then wrote " + Escaped.shown(Body.of(later));
  }

  private static String moved(ByteBuffer target, int start) {
    return target.position() == start
        ? "nothing written"
        : "but the position moved by " + (target.position() - start);
  }

  private FrameEncoder encoder(Version version) {
    return new FrameEncoder(version, options);
  }

  private static String text(Encoding.Written written) {
    return Escaped.shown(written.commandLine())
        + written.headerLines().stream()
            .map(Escaped::shown)
            .collect(Collectors.joining(" ", " in any order (", ") "))
        + Escaped.shown(written.blankLine())
        + " "
        + Escaped.shown(written.body())
        + " \"\\0\"";
  }
}
