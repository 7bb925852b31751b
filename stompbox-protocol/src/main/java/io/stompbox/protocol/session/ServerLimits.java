package io.stompbox.protocol.session;

/**
 * What a {@link ServerSession} holds at most for its client, so that no client can fill the memory.
 * Messages that wait for their acknowledgement are not limited here: the driver decides how many it
 * gives out.
 *
 * @param subscriptions subscriptions at a time
 * @param transactions open transactions at a time
 * @param heldFrames frames in all open transactions together
 * @param heldOctets octets of the bodies and headers of these frames, about
 */
public record ServerLimits(int subscriptions, int transactions, int heldFrames, long heldOctets) {
  private static final ServerLimits DEFAULTS =
      new ServerLimits(1_000, 100, 100_000, 64L * 1024 * 1024);

  /** Refuses negative limits. */
  public ServerLimits {
    if (subscriptions < 0 || transactions < 0 || heldFrames < 0 || heldOctets < 0) {
      throw new IllegalArgumentException(
          "limits must not be negative: subscriptions="
              + subscriptions
              + " transactions="
              + transactions
              + " heldFrames="
              + heldFrames
              + " heldOctets="
              + heldOctets);
    }
  }

  /** 1,000 subscriptions, 100 transactions with 100,000 frames and 64 MiB together. */
  public static ServerLimits defaults() {
    return DEFAULTS;
  }
}
