package io.stompbox.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.cli.json.MessageJson;
import io.stompbox.client.Delivery;
import java.time.Instant;

/** How messages are shown. */
enum MessageFormat {
  /** The ids that commands need, a blank line, the body, a blank line. */
  TEXT {
    @Override
    String show(Delivery message, String body, Instant now) {
      StringBuilder text = new StringBuilder();
      for (String name : new String[] {"message-id", "subscription", "ack", "filename"}) {
        String value = message.headers().get(name);
        if (value != null) {
          text.append(name).append(": ").append(value).append('\n');
        }
      }
      return text + "\n" + body + "\n";
    }
  },

  /** An object on one line, see {@link MessageJson}. */
  JSON {
    @Override
    String show(Delivery message, String body, Instant now) {
      return new String(MessageJson.line(message, now), UTF_8);
    }
  };

  /**
   * Returns a message as it is shown.
   *
   * @param body what to show as its body, where that is for people
   * @param now when it was received
   */
  abstract String show(Delivery message, String body, Instant now);
}
