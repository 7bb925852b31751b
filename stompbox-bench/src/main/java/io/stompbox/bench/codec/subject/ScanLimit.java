package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at every octet, eight at a time, and counts the NULs. */
final class ScanLimit implements CodecSubject {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  @Override
  public String name() {
    return "limit-scan";
  }

  @Override
  public Kind kind() {
    return Kind.LIMIT;
  }

  @Override
  public String notes() {
    return "counts the NULs of every piece, eight octets at a time";
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    return () -> {
      int nuls = 0;
      for (int i = 0; i < pieces.count(); i++) {
        nuls += nuls(pieces.octets(), pieces.from(i), pieces.to(i));
      }
      return nuls;
    };
  }

  private static int nuls(byte[] octets, int from, int to) {
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

  @Override
  public @Nullable Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    return null;
  }
}
