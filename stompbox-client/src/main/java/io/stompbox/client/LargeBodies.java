package io.stompbox.client;

import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.DecoderLimits;
import java.nio.file.Path;

/**
 * Which bodies of messages are put into files as they arrive, instead of being held in memory:
 * {@link StompClientBuilder#largeBodies}. {@link Delivery#stream()} reads them.
 *
 * <p>A file is there from the first octet of the body until its message has been processed and
 * settled, its connection is lost or the client is closed; that of the message that was pulled last
 * goes with its subscription. If the folder takes no more, the connection ends and the message
 * comes again; the third time in a row the client fails with {@link BodyStorageException}.
 *
 * @param folder where the files are; it must exist, and is better no file system in memory
 * @param above bodies with more octets get a file, and those that {@link DecoderLimits#body()} does
 *     not allow in memory
 * @param most octets of one such body; the connection ends at a larger one
 * @param all octets of all files together; when it is reached the client stops reading until some
 *     were deleted. One body always has room if there is no other
 */
public record LargeBodies(Path folder, int above, long most, long all) {
  private static final int MIB = 1024 * 1024;
  private static final long GIB = 1024L * MIB;

  /** Refuses limits that are negative or not above each other. */
  public LargeBodies {
    if (above < 0 || most < above || all < 1) {
      throw new IllegalArgumentException(
          "above must not be negative, most not below above, and all at least 1, but above is "
              + above
              + ", most is "
              + most
              + ", all is "
              + all);
    }
  }

  /** Bodies above 1 MiB go into the folder, each of at most 16 GiB, together 64 GiB. */
  public static LargeBodies in(Path folder) {
    return new LargeBodies(folder, MIB, 16 * GIB, 64 * GIB);
  }

  /** Returns them with another size from which on bodies get a file. */
  public LargeBodies withAbove(int octets) {
    return new LargeBodies(folder, octets, most, all);
  }

  /** Returns them with another limit for one body. */
  public LargeBodies withMost(long octets) {
    return new LargeBodies(folder, above, octets, all);
  }

  /** Returns them with another limit for all files together. */
  public LargeBodies withAll(long octets) {
    return new LargeBodies(folder, above, most, octets);
  }

  /** How the decoder is to hand them out. */
  BodyStreaming streaming(DecoderLimits limits) {
    int kept = Math.max(0, Math.min(above, limits.body() - 1));
    return new BodyStreaming(kept, most);
  }
}
