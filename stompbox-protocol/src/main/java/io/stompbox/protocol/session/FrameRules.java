package io.stompbox.protocol.session;

import static io.stompbox.protocol.frame.Version.V1_0;
import static io.stompbox.protocol.frame.Version.V1_1;
import static io.stompbox.protocol.frame.Version.V1_2;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which headers each version requires of which command (STOMP 1.2, "Frames and Headers"), and which
 * commands it does not have. Commands that are not in the table require nothing.
 */
final class FrameRules {
  private static final Map<Version, Map<Command, List<Required>>> REQUIRED =
      new EnumMap<>(Version.class);

  /** Commands that came with 1.1. */
  private static final Set<Command> NOT_IN_1_0 = Set.of(Command.NACK, Command.STOMP);

  /** Headers of which a frame must have one; mostly there is no choice. */
  private record Required(List<String> names) {
    static Required of(String... names) {
      return new Required(List.of(names));
    }

    boolean isIn(Frame frame) {
      for (String name : names) {
        if (frame.headers().has(name)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return String.join(" or ", names);
    }
  }

  static {
    in(V1_0)
        .require(Command.UNSUBSCRIBE, Required.of("id", "destination"))
        .require(Command.SUBSCRIBE, "destination")
        .require(Command.ACK, "message-id")
        .require(Command.MESSAGE, "destination", "message-id");
    for (Version version : List.of(V1_1, V1_2)) {
      in(version)
          .require(Command.CONNECT, "accept-version", "host")
          .require(Command.STOMP, "accept-version", "host")
          .require(Command.CONNECTED, "version")
          .require(Command.UNSUBSCRIBE, "id")
          .require(Command.SUBSCRIBE, "destination", "id")
          .require(Command.MESSAGE, "destination", "message-id", "subscription");
    }
    in(V1_1)
        .require(Command.ACK, "message-id", "subscription")
        .require(Command.NACK, "message-id", "subscription");
    in(V1_2).require(Command.ACK, "id").require(Command.NACK, "id");
    for (Version version : Version.values()) {
      in(version)
          .require(Command.SEND, "destination")
          .require(Command.BEGIN, "transaction")
          .require(Command.COMMIT, "transaction")
          .require(Command.ABORT, "transaction")
          .require(Command.RECEIPT, "receipt-id");
    }
  }

  private FrameRules() {}

  private static Row in(Version version) {
    return new Row(REQUIRED.computeIfAbsent(version, any -> new HashMap<>()));
  }

  private record Row(Map<Command, List<Required>> required) {
    Row require(Command command, String... headers) {
      return require(command, Arrays.stream(headers).map(Required::of).toArray(Required[]::new));
    }

    Row require(Command command, Required... headers) {
      required.put(command, List.of(headers));
      return this;
    }
  }

  /**
   * Refuses a frame that this side is about to send.
   *
   * @throws IllegalFrameException if the version does not have the command, requires a header that
   *     is not there, or does not allow the body; and if its content-length is wrong
   */
  static void checkToSend(Frame frame, Version version) {
    if (!has(version, frame.command())) {
      throw new IllegalFrameException(
          Reason.COMMAND_NOT_IN_VERSION, notThere(version, frame.command()));
    }
    missing(frame, version)
        .ifPresent(
            header -> {
              throw new IllegalFrameException(Reason.MISSING_HEADER, lacks(frame, version, header));
            });
    if (!frame.body().isEmpty() && !frame.command().allowsBody(version)) {
      throw new IllegalFrameException(Reason.BODY_NOT_ALLOWED, bodyless(frame, version));
    }
    String length = frame.header("content-length");
    if (length != null && !length.equals(Integer.toString(frame.body().size()))) {
      throw new IllegalFrameException(
          Reason.BAD_CONTENT_LENGTH,
          "content-length is set to '"
              + length
              + "' but the body has "
              + frame.body()
              + "; leave it out, it is written by itself");
    }
  }

  /**
   * Refuses a frame that the other side sent.
   *
   * @throws ProtocolException as {@link #checkToSend} refuses a frame of this side
   */
  static void checkReceived(Frame frame, Version version) {
    if (!has(version, frame.command())) {
      throw new ProtocolException(Fault.UNEXPECTED_FRAME, notThere(version, frame.command()));
    }
    missing(frame, version)
        .ifPresent(
            header -> {
              throw new ProtocolException(Fault.MISSING_HEADER, lacks(frame, version, header));
            });
    if (!frame.body().isEmpty() && !frame.command().allowsBody(version)) {
      throw new ProtocolException(Fault.BODY_NOT_ALLOWED, bodyless(frame, version));
    }
  }

  private static boolean has(Version version, Command command) {
    return version != V1_0 || !NOT_IN_1_0.contains(command);
  }

  private static Optional<Required> missing(Frame frame, Version version) {
    return REQUIRED
        .getOrDefault(version, Map.of())
        .getOrDefault(frame.command(), List.of())
        .stream()
        .filter(required -> !required.isIn(frame))
        .findFirst();
  }

  private static String notThere(Version version, Command command) {
    return "STOMP "
        + version
        + " has no "
        + command
        + (command.equals(Command.NACK)
            ? "; leave the message unacknowledged or connect with 1.1 or 1.2"
            : "; connect with 1.1 or 1.2");
  }

  private static String lacks(Frame frame, Version version, Required header) {
    return "STOMP "
        + version
        + " requires the header '"
        + header
        + "' of "
        + frame.command()
        + ", but it has "
        + frame.headers();
  }

  private static String bodyless(Frame frame, Version version) {
    return frame.command()
        + " may not have a body in STOMP "
        + version
        + ", but has "
        + frame.body();
  }
}
