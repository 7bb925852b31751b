package io.stompbox.client;

import java.time.Duration;

/** A program that twice sends more than its JVM has room for, and then little. */
public final class LargeSend {
  /** Keeps what is sent, so that there is never room for one more copy. */
  private static final byte[] LARGE = new byte[40_000_000];

  private LargeSend() {}

  /** Sends both to the broker with this URI, and prints what became of the former. */
  public static void main(String[] arguments) throws Exception {
    try (StompClient client = StompClient.connect(arguments[0])) {
      Outgoing large = Outgoing.to("/queue/a").bytes(LARGE);
      client.send(large);
      Confirmation confirmation = client.sendConfirmed(large);
      try {
        System.out.println(confirmation.await(Duration.ofMinutes(1)));
      } catch (ConnectionLostException e) {
        System.out.println(e.sent() + ": " + e.getMessage());
      }
      client.send("/queue/a", "small");
    }
  }
}
