package io.stompbox.cli.process;

import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of frames that are larger than a command takes, in the words of its options. */
public final class TooLarge {
  /** What the library ends its sentences with. */
  private static final String ADVICE_TO_PROGRAMS = "; raise DecoderLimits if you trust the peer";

  /** Where the library's advice to programs begins, of a frame that the broker would not take. */
  private static final String TO_PROGRAMS_THAT_SEND = "; if it was set up to take more";

  private static final Set<Fault> FAULTS =
      Set.of(Fault.LIMIT_BODY, Fault.LIMIT_HEADERS, Fault.LIMIT_LINE);

  private static final long KIB = 1024;
  private static final long MIB = KIB * KIB;

  /** Of a body that can be held. */
  private static final long MOST = Integer.MAX_VALUE;

  private TooLarge() {}

  /** Returns a sentence of the library with other advice, which follows it. */
  public static String advised(String sentence, String advice) {
    return sentence.replace(ADVICE_TO_PROGRAMS, advice);
  }

  /** Whether a frame was too large. */
  public static boolean is(Throwable thrown) {
    return thrown instanceof ProtocolException fault && FAULTS.contains(fault.fault());
  }

  /** Returns the failure for a frame that can't be sent: it is the user's. */
  static Failure failure(IllegalFrameException thrown) {
    String sentence = String.valueOf(thrown.getMessage());
    if (thrown.reason() != Reason.TOO_LARGE_FOR_BROKER) {
      return new Failure(ExitCode.USAGE, sentence, List.of(), thrown);
    }
    int end = sentence.indexOf(TO_PROGRAMS_THAT_SEND);
    return new Failure(
        ExitCode.USAGE,
        end < 0 ? sentence : sentence.substring(0, end),
        List.of("if this one was set up to take more: --set profile=generic, which has no limits"),
        thrown);
  }

  /** Returns the sentence for a connection that ended over one. */
  public static String loss(ProtocolException thrown) {
    return thrown.octets().isPresent()
        ? "the broker sent a body of %d octets or more, above most.bodyOctets"
            .formatted(thrown.octets().getAsLong())
        : "the broker sent a frame that is too large: " + withoutAdvice(thrown);
  }

  private static String withoutAdvice(ProtocolException thrown) {
    return advised(String.valueOf(thrown.getMessage()), "");
  }

  /** Returns which advice stands for a failure: {@code last}, after how a larger frame is taken. */
  public static List<String> advice(Failure failure, String last) {
    Throwable cause = failure.getCause();
    Stream<String> first = cause != null && is(cause) ? failure.advice().stream() : Stream.empty();
    return List.of(Stream.concat(first, Stream.of(last)).collect(Collectors.joining("; ")));
  }

  /**
   * Returns the failure for a frame that was.
   *
   * @param what what was being done
   */
  static Failure failure(String what, ProtocolException thrown) {
    if (thrown.octets().isEmpty()) {
      return new Failure(
          ExitCode.CONNECTION_LOST,
          "the broker sent a frame that is too large during " + what + ": " + withoutAdvice(thrown),
          thrown.fault() == Fault.LIMIT_HEADERS
              ? List.of("--set most.headers=N takes frames with more headers")
              : List.of(),
          thrown);
    }
    long octets = thrown.octets().getAsLong();
    return new Failure(
        ExitCode.CONNECTION_LOST,
        "the broker sent a body of %d octets or more during %s, which is too large"
            .formatted(octets, what),
        List.of(
            octets > MOST
                ? "the most that a command can hold is below 2GiB; a program can have it in a file"
                : "--set most.bodyOctets="
                    + plain(octets)
                    + " allows more, held in memory as a whole"),
        thrown);
  }

  /** The next power of two as it may be set, as the length of a body that goes on is not known. */
  private static String plain(long octets) {
    long next = Math.max(KIB, Long.highestOneBit(octets - 1) << 1);
    if (next > MOST) {
      return String.valueOf(MOST);
    }
    return next < MIB ? next / KIB + "KiB" : next / MIB + "MiB";
  }
}
