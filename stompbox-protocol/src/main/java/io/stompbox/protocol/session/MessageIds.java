package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a MESSAGE says of itself, which ACK and NACK repeat: {@code message-id} in 1.0, {@code
 * message-id} and {@code subscription} in 1.1, {@code ack} in 1.2.
 *
 * @param messageId null if there is none
 * @param subscription null if there is none
 * @param ack null if there is none; only STOMP 1.2 has it, and only where the mode is not auto
 */
public record MessageIds(
    @Nullable String messageId, @Nullable String subscription, @Nullable String ack) {

  /**
   * Returns what a MESSAGE says.
   *
   * @throws IllegalArgumentException if it is another frame
   */
  public static MessageIds of(Frame message) {
    if (!message.command().equals(Command.MESSAGE)) {
      throw new IllegalArgumentException("only a MESSAGE can be acknowledged, but got " + message);
    }
    return new MessageIds(
        message.header("message-id"), message.header("subscription"), message.header("ack"));
  }

  /** Returns those that there are, as {@code message-id 'm-1', subscription 's-1'}. */
  @Override
  public String toString() {
    return Stream.of(
            text("message-id", messageId), text("subscription", subscription), text("ack", ack))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> text(String name, @Nullable String value) {
    return Optional.ofNullable(value).map(given -> name + " '" + given + "'");
  }
}
