package io.stompbox.protocol.frame;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The first line of a frame. The commands of the specifications are constants here; others can be
 * carried too, since brokers may have their own. Case matters.
 */
public final class Command {
  public static final Command CONNECT = new Command("CONNECT", Sender.CLIENT, BodyRule.NEVER);
  public static final Command STOMP = new Command("STOMP", Sender.CLIENT, BodyRule.NEVER);
  public static final Command SEND = new Command("SEND", Sender.CLIENT, BodyRule.ALLOWED);
  public static final Command SUBSCRIBE =
      new Command("SUBSCRIBE", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command UNSUBSCRIBE =
      new Command("UNSUBSCRIBE", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command ACK = new Command("ACK", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command NACK = new Command("NACK", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command BEGIN = new Command("BEGIN", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command COMMIT = new Command("COMMIT", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command ABORT = new Command("ABORT", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command DISCONNECT =
      new Command("DISCONNECT", Sender.CLIENT, BodyRule.ONLY_IN_1_0);
  public static final Command CONNECTED = new Command("CONNECTED", Sender.SERVER, BodyRule.NEVER);
  public static final Command MESSAGE = new Command("MESSAGE", Sender.SERVER, BodyRule.ALLOWED);
  public static final Command RECEIPT = new Command("RECEIPT", Sender.SERVER, BodyRule.ONLY_IN_1_0);
  public static final Command ERROR = new Command("ERROR", Sender.SERVER, BodyRule.ALLOWED);

  private static final Map<String, Command> KNOWN =
      List.of(
              CONNECT,
              STOMP,
              SEND,
              SUBSCRIBE,
              UNSUBSCRIBE,
              ACK,
              NACK,
              BEGIN,
              COMMIT,
              ABORT,
              DISCONNECT,
              CONNECTED,
              MESSAGE,
              RECEIPT,
              ERROR)
          .stream()
          .collect(Collectors.toUnmodifiableMap(Command::name, Function.identity()));

  private final String name;
  private final Sender sender;
  private final BodyRule bodyRule;

  private Command(String name, Sender sender, BodyRule bodyRule) {
    this.name = name;
    this.sender = sender;
    this.bodyRule = bodyRule;
  }

  /**
   * Returns the command of this name: the constant if there is one.
   *
   * @throws IllegalArgumentException if the name is not one or more visible ASCII characters, colon
   *     excluded
   */
  public static Command of(String name) {
    Command known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
      throw new IllegalArgumentException(
          "a command must be one or more visible ASCII characters without ':', but was '"
              + name
              + "'");
    }
    return new Command(name, Sender.UNKNOWN, BodyRule.ALLOWED);
  }

  /** Returns the commands of the specifications, in no order. */
  public static Collection<Command> known() {
    return KNOWN.values();
  }

  /** The command as it stands on the wire. */
  public String name() {
    return name;
  }

  /** Who may send it. */
  public Sender sender() {
    return sender;
  }

  /** Whether it is one of the commands of the specifications. */
  public boolean isKnown() {
    return sender != Sender.UNKNOWN;
  }

  /**
   * Whether frames of this command are exempt from escaping: CONNECT, STOMP and CONNECTED, so that
   * both sides can read them before a version is agreed.
   */
  public boolean isHandshake() {
    return bodyRule == BodyRule.NEVER;
  }

  /**
   * Whether a frame of this command may have a body in {@code version}. STOMP 1.0 forbids it only
   * to the frames of the handshake.
   */
  public boolean allowsBody(Version version) {
    return bodyRule == BodyRule.ALLOWED
        || (bodyRule == BodyRule.ONLY_IN_1_0 && version == Version.V1_0);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Command command && name.equals(command.name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Which side of a connection sends a command. */
  public enum Sender {
    /** The client. */
    CLIENT,
    /** The server: a broker. */
    SERVER,
    /** The specifications don't know the command. */
    UNKNOWN
  }

  private enum BodyRule {
    /** In every version. */
    ALLOWED,
    /** STOMP 1.0 does not forbid it; later versions do. */
    ONLY_IN_1_0,
    /** Not in the frames of the handshake. */
    NEVER
  }
}
