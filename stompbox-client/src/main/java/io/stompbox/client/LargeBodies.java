package io.stompbox.client;

import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.DecoderLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which bodies of messages are put into files as they arrive, instead of being held in memory:
 * {@link StompClientBuilder#largeBodies}. {@link Delivery#stream()} reads them.
 *
 * <p>A file is there from the first octet of the body until its message has been processed and
 * settled, its subscription or the client is closed, or its connection is lost; a handler that runs
 * keeps it until it returns. If the folder takes no more, the connection ends and the message comes
 * again; the third time in a row the client fails with {@link BodyStorageException}.
 *
 * @param folder where the files are; it must exist and take files when the client connects, and is
 *     better no file system in memory
 * @param above bodies with more octets get a file, and those that {@link DecoderLimits#body()} does
 *     not allow in memory
 * @param most octets of one such body; the connection ends at a larger one
 * @param all octets of all files together; when it is reached the client stops reading until some
 *     were deleted. One body always has room if there is no other
 */
public record LargeBodies(Path folder, int above, long most, long all) {
  /** Bodies of any size stay in memory. */
  static final LargeBodies NONE =
      new LargeBodies(Path.of(""), Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

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

  /**
   * Makes a file in the folder and deletes it, before a body needs one.
   *
   * @throws IllegalArgumentException if that can't be done
   */
  void check() {
    if (equals(NONE)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "the folder of LargeBodies is not there: " + folder + "; create it, or name another");
    }
    try {
      Files.delete(newFile());
    } catch (IOException | UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          "the folder of LargeBodies takes no files: "
              + folder
              + ": "
              + e
              + "; let the program write there, or name another",
          e);
    }
  }

  /** Makes an empty file. */
  Path newFile() throws IOException {
    return Files.createTempFile(folder, "stompbox-body-", ".tmp");
  }

  /** How the decoder is to hand them out. */
  BodyStreaming streaming(DecoderLimits limits) {
    if (equals(NONE)) {
      return BodyStreaming.off();
    }
    int kept = Math.max(0, Math.min(above, limits.body() - 1));
    return new BodyStreaming(kept, most);
  }
}
