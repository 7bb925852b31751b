package io.stompbox.bench.codec;

import java.util.function.Function;

/**
 * Where encoded frames go: it keeps the compiler from leaving out the work, or checks the result.
 */
public interface EncodedSink {
  /**
   * Takes one frame, in whatever the codec writes to.
   *
   * @param copy how to get its octets, which only a check does
   */
  <T> void encoded(T frame, Function<T, byte[]> copy);
}
