package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import io.stompbox.protocol.codec.FrameWriter;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stompbox without frame objects: header by header from Strings, and the body from its array. */
final class StompboxWriter implements CodecSubject {
  @Override
  public String name() {
    return "stompbox-writer";
  }

  @Override
  public Kind kind() {
    return Kind.STOMPBOX;
  }

  @Override
  public String notes() {
    return "writes header by header from the Strings; no frame is made";
  }

  @Override
  public @Nullable Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    return null;
  }

  @Override
  public Operation encoding(List<SampleFrame> samples, EncodedSink sink) {
    FrameWriter writer = new FrameWriter(Version.V1_2);
    FilledBuffer filled = new FilledBuffer();
    return CodecSubject.eachOf(
        samples,
        sample -> {
          ByteBuffer buffer = filled.next();
          writer.begin(Command.of(sample.command()), buffer);
          List<SampleFrame.Entry> headers = sample.headers();
          for (int i = 0; i < headers.size(); i++) {
            SampleFrame.Entry entry = headers.get(i);
            writer.header(entry.name(), entry.value());
          }
          writer.end(sample.body());
          filled.give(sink);
        });
  }
}
