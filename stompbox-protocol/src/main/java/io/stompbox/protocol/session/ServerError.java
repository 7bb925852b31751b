package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.Optional;

/**
 * What a server says in an ERROR frame.
 *
 * @param frame the ERROR
 * @param message the short text; empty if the server gives none
 * @param receipt the receipt of the frame that was refused; empty if the server names none, as
 *     RabbitMQ does
 */
public record ServerError(Frame frame, Optional<String> message, Optional<String> receipt) {
  /**
   * Reads an ERROR. Vert.x names the receipt in a header {@code receipt}; that counts as well.
   *
   * @throws ProtocolException if it is another frame
   */
  public static ServerError of(Frame frame) {
    if (!frame.command().equals(Command.ERROR)) {
      throw new ProtocolException(Fault.UNEXPECTED_FRAME, "expected an ERROR, but got " + frame);
    }
    return new ServerError(
        frame,
        frame.headers().value("message"),
        frame.headers().value("receipt-id").or(() -> frame.headers().value("receipt")));
  }

  /** Returns the body as text: the long story; empty if there is none. */
  public String text() {
    return frame.text();
  }
}
