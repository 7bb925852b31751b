package io.stompbox.client.transport;

import java.io.IOException;
import java.util.regex.Pattern;

/** The broker closed the WebSocket and said why, or cut it. */
public final class WebSocketClosedException extends IOException {
  /** A reason must not begin lines of its own in a log. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  /** The code of a connection that ended without a close frame (RFC 6455, section 7.4.1). */
  private static final int CUT = 1006;

  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  WebSocketClosedException(int code, String reason) {
    super(message(code, reason));
    this.code = code;
    this.reason = reason;
  }

  private static String message(int code, String reason) {
    if (code == CUT) {
      return "the broker cut the WebSocket without a close frame; some do so when a message is too"
          + " long for them";
    }
    return "the broker closed the WebSocket with code "
        + code
        + (reason.isEmpty() ? " and no reason" : ": " + CONTROL.matcher(reason).replaceAll("?"));
  }

  /** The code of the close frame, or 1006 if there was none (RFC 6455, section 7.4). */
  public int code() {
    return code;
  }

  /** The reason of the close frame; empty if it had none. */
  public String reason() {
    return reason;
  }
}
