package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import io.stompbox.bench.codec.subject.StompboxCodec.StompboxTarget;
import io.stompbox.protocol.frame.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stompbox's encoder alone, with frames that are there already: what it takes by itself. */
final class StompboxReadyFrames implements CodecSubject {
  @Override
  public String name() {
    return "stompbox-ready";
  }

  @Override
  public Kind kind() {
    return Kind.STOMPBOX;
  }

  @Override
  public String notes() {
    return "the encoder alone: the frames were made before";
  }

  @Override
  public @Nullable Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    return null;
  }

  @Override
  public Operation encoding(List<SampleFrame> samples, EncodedSink sink) {
    List<Frame> frames = samples.stream().map(StompboxCodec::frameOf).toList();
    StompboxTarget target = new StompboxTarget();
    return () -> {
      for (int i = 0; i < frames.size(); i++) {
        target.encode(frames.get(i), sink);
      }
      return frames.size();
    };
  }
}
