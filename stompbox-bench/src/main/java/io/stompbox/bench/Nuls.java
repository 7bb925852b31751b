package io.stompbox.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts the ends of frames: the least that a reader of STOMP has to look for. */
public final class Nuls {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  private Nuls() {}

  /** Returns how many octets are zero, looking at eight at a time. */
  public static int count(byte[] octets, int from, int to) {
    int nuls = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long eight = (long) LONG.get(octets, i);
      // The high bit of each octet that is not zero, without a carry between octets.
      long filled = ((eight & LOW_BITS) + LOW_BITS) | eight | LOW_BITS;
      nuls += Long.bitCount(~filled);
    }
    for (; i < to; i++) {
      nuls += octets[i] == 0 ? 1 : 0;
    }
    return nuls;
  }
}
