package io.stompbox.client;

/**
 * How much a client holds at most, so that a slow broker or a slow handler can't fill the memory.
 *
 * @param outgoingFrames frames that wait to be written
 * @param outgoingOctets octets of those frames
 * @param unconfirmed sends whose confirmation is outstanding
 * @param unconfirmedOctets octets of those sends
 * @param incomingMessages messages that wait in one subscription
 * @param incomingOctets octets of those messages
 * @param allIncomingOctets octets of the messages that wait in all subscriptions together
 */
public record Bounds(
    int outgoingFrames,
    long outgoingOctets,
    int unconfirmed,
    long unconfirmedOctets,
    int incomingMessages,
    long incomingOctets,
    long allIncomingOctets) {

  private static final long MIB = 1024 * 1024;
  private static final Bounds DEFAULTS =
      new Bounds(10_000, 32 * MIB, 1000, 32 * MIB, 1000, 16 * MIB, 64 * MIB);

  /** Refuses what is not above zero. */
  public Bounds {
    positive("outgoingFrames", outgoingFrames);
    positive("outgoingOctets", outgoingOctets);
    positive("unconfirmed", unconfirmed);
    positive("unconfirmedOctets", unconfirmedOctets);
    positive("incomingMessages", incomingMessages);
    positive("incomingOctets", incomingOctets);
    positive("allIncomingOctets", allIncomingOctets);
  }

  /**
   * 10,000 frames or 32 MiB waiting to be written, 1,000 or 32 MiB unconfirmed, 1,000 or 16 MiB
   * waiting in a subscription, 64 MiB in all of them.
   */
  public static Bounds defaults() {
    return DEFAULTS;
  }

  /** Returns them with another number of outstanding confirmations. */
  public Bounds withUnconfirmed(int number) {
    return new Bounds(
        outgoingFrames,
        outgoingOctets,
        number,
        unconfirmedOctets,
        incomingMessages,
        incomingOctets,
        allIncomingOctets);
  }

  /** Returns them with another outgoing buffer. */
  public Bounds withOutgoing(int frames, long octets) {
    return new Bounds(
        frames,
        octets,
        unconfirmed,
        unconfirmedOctets,
        incomingMessages,
        incomingOctets,
        allIncomingOctets);
  }

  /** Returns them with another buffer for each subscription. */
  public Bounds withIncoming(int messages, long octets) {
    return new Bounds(
        outgoingFrames,
        outgoingOctets,
        unconfirmed,
        unconfirmedOctets,
        messages,
        octets,
        allIncomingOctets);
  }

  /**
   * Returns them with another limit for what waits in all subscriptions together. When it is
   * reached the client stops reading until some of it was taken, so one slow subscription may hold
   * up the others.
   */
  public Bounds withAllIncoming(long octets) {
    return new Bounds(
        outgoingFrames,
        outgoingOctets,
        unconfirmed,
        unconfirmedOctets,
        incomingMessages,
        incomingOctets,
        octets);
  }

  private static void positive(String name, long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + bound);
    }
  }
}
