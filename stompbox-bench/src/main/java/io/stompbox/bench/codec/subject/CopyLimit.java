package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.util.List;

/** Moves the octets once and looks at none. */
final class CopyLimit implements CodecSubject {
  private static final int FULL = 48 * 1024;

  @Override
  public String name() {
    return "limit-copy";
  }

  @Override
  public Kind kind() {
    return Kind.LIMIT;
  }

  @Override
  public String notes() {
    return "copies every piece, or every frame that was encoded before, into an array that is there";
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    byte[] target = new byte[64 * 1024];
    return () -> {
      for (int i = 0; i < pieces.count(); i++) {
        int from = pieces.from(i);
        System.arraycopy(pieces.octets(), from, target, 0, pieces.to(i) - from);
        sink.frame(target);
      }
      return 0;
    };
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    List<byte[]> wires = frames.stream().map(SampleFrame::wire).toList();
    byte[] target = new byte[256 * 1024];
    return () -> {
      int end = 0;
      for (int i = 0; i < wires.size(); i++) {
        byte[] wire = wires.get(i);
        end = end > FULL ? 0 : end;
        System.arraycopy(wire, 0, target, end, wire.length);
        end += wire.length;
        sink.encoded(target, byte[]::clone);
      }
      return wires.size();
    };
  }
}
