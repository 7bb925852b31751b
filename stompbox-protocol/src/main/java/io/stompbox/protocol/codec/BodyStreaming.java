package io.stompbox.protocol.codec;

/**
 * From which size on a {@link FrameDecoder} hands bodies out in chunks instead of keeping them: see
 * {@link DecodedEvent.BodyStarted}. It never does so before the version is known.
 *
 * @param above bodies with more octets are streamed. {@link DecoderLimits#body} is for those that
 *     are not, so a size that is not below it streams nothing
 * @param most octets of one streamed body; more are a fault
 */
public record BodyStreaming(int above, long most) {
  private static final BodyStreaming OFF = new BodyStreaming(Integer.MAX_VALUE, Integer.MAX_VALUE);
  private static final long DEFAULT_MOST = 16L * 1024 * 1024 * 1024;

  /** Refuses a negative size, and a maximum that is not above it. */
  public BodyStreaming {
    if (above < 0) {
      throw new IllegalArgumentException("above must not be negative: " + above);
    }
    if (most < above) {
      throw new IllegalArgumentException(
          "most must be at least above, which is " + above + ": " + most);
    }
  }

  /** Every body comes with its frame. */
  public static BodyStreaming off() {
    return OFF;
  }

  /** Bodies with more than so many octets are streamed, up to 16 GiB. */
  public static BodyStreaming above(int octets) {
    return new BodyStreaming(octets, DEFAULT_MOST);
  }

  /** Returns it with another maximum for streamed bodies. */
  public BodyStreaming withMost(long octets) {
    return new BodyStreaming(above, octets);
  }
}
