package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/**
 * Who logs in. A null login or passcode leaves its header out; an empty one is sent.
 *
 * @param login the login header
 * @param passcode the passcode header; never shown
 */
public record Credentials(@Nullable String login, @Nullable String passcode) {
  /** No login and no passcode: RabbitMQ takes that for its guest. */
  public static final Credentials NONE = new Credentials(null, null);

  @Override
  public String toString() {
    return login == null ? "no login" : login + ":***";
  }
}
