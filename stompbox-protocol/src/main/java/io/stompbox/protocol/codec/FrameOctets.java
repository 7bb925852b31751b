package io.stompbox.protocol.codec;

/** Whose octets the frames of a {@link FrameDecoder} are made of. */
public enum FrameOctets {
  /** The frame's own: a frame may be kept as long as anybody likes. */
  COPIED,
  /**
   * Those of the input, where a whole frame stands in its array: headers and body look into that
   * array, which takes half of the time for a body of 1 KiB. Such a frame may be read until
   * something else is written into the array; {@code Frame.copied} makes one to keep. For bridges,
   * filters and counters that are done with a frame before they read on. Other frames are copied
   * all the same.
   */
  BORROWED
}
