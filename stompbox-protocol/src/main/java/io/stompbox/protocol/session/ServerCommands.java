package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import org.jspecify.annotations.Nullable;

/**
 * Makes the frames that a server sends, each with the headers that its version requires; a frame
 * that would lack one is refused with an {@link IllegalFrameException}. Keeps no state. What a
 * parameter sets is written once: entries of the same name among the free headers are left out.
 */
public final class ServerCommands {
  private final Version version;

  private ServerCommands(Version version) {
    this.version = version;
  }

  /** Returns the commands of a version. */
  public static ServerCommands of(Version version) {
    return new ServerCommands(version);
  }

  /** The version whose rules hold. */
  public Version version() {
    return version;
  }

  /**
   * Returns a CONNECTED frame. It names the version in 1.0 too, as most brokers do.
   *
   * @param heartBeat what this server offers; {@link HeartBeat#NONE} leaves the header out
   * @param headers what else goes into it: server, session
   */
  public Frame connected(HeartBeat heartBeat, Headers headers) {
    Headers.Builder own = Headers.builder().add("version", version.text());
    if (!heartBeat.equals(HeartBeat.NONE)) {
      own.add(HeartBeat.HEADER, heartBeat.text());
    }
    return made(Command.CONNECTED, own, Body.empty(), headers);
  }

  /**
   * Returns a MESSAGE frame.
   *
   * @param ids the message's names; {@code ack} is written only in 1.2
   * @param headers those of the SEND
   */
  public Frame message(MessageIds ids, String destination, Body body, Headers headers) {
    Headers.Builder own = Headers.builder().add("destination", destination);
    add(own, "message-id", ids.messageId());
    add(own, "subscription", ids.subscription());
    if (version == Version.V1_2) {
      add(own, "ack", ids.ack());
    }
    return made(Command.MESSAGE, own, body, headers);
  }

  /** Returns a RECEIPT frame for the frame that asked for it. */
  public Frame receipt(String receipt) {
    return made(
        Command.RECEIPT,
        Headers.builder().add("receipt-id", receipt),
        Body.empty(),
        Headers.empty());
  }

  /**
   * Returns an ERROR frame. Close the connection after it.
   *
   * @param message the short text
   * @param receipt the receipt that the refused frame asked for; null if it asked for none
   * @param body the long story; may be empty
   */
  public Frame error(String message, @Nullable String receipt, Body body, Headers headers) {
    Headers.Builder own = Headers.builder().add("message", message);
    add(own, "receipt-id", receipt);
    return made(Command.ERROR, own, body, headers);
  }

  private static void add(Headers.Builder headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value);
    }
  }

  private Frame made(Command command, Headers.Builder own, Body body, Headers more) {
    Frame frame = FrameOptions.NONE.with(more).complete(new Frame(command, own.build(), body));
    FrameRules.checkToSend(frame, version);
    return frame;
  }
}
