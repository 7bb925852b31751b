package io.stompbox.cli.json;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.Outgoing;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import java.util.Optional;

/**
 * A message that was read and is to be sent.
 *
 * @param destination empty if it names none
 * @param body in the charset of the content-type
 * @param wasReceived whether a broker had given it out: it has a message-id. Then it is sent as
 *     {@link io.stompbox.client.Delivery#forwardTo} does, without what belonged to that delivery
 */
public record Envelope(
    Optional<String> destination, Headers headers, Body body, boolean wasReceived) {

  /**
   * Returns it as a message.
   *
   * @param fallback the destination if it names none
   * @throws Failure if it sets a header that the client writes itself
   */
  public Outgoing outgoing(String fallback) {
    return to(destination.orElse(fallback));
  }

  /**
   * Returns it as a message to a destination, whatever it names itself.
   *
   * @throws Failure if it sets a header that the client writes itself
   */
  public Outgoing to(String place) {
    if (wasReceived) {
      return Outgoing.forwarding(new Frame(Command.MESSAGE, headers, body), place);
    }
    Outgoing message = Outgoing.to(place).bytes(body.toBytes());
    for (Header header : headers) {
      try {
        message = message.header(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        throw Failure.usage(
            "the message to " + place + " can't set '" + header.name() + "': stompbox writes it");
      }
    }
    return message;
  }
}
