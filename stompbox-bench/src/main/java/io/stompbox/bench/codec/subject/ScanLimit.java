package io.stompbox.bench.codec.subject;

import io.stompbox.bench.Nuls;
import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at every octet, eight at a time, and counts the NULs. */
final class ScanLimit implements CodecSubject {
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
        nuls += Nuls.count(pieces.octets(), pieces.from(i), pieces.to(i));
      }
      return nuls;
    };
  }

  @Override
  public @Nullable Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    return null;
  }
}
