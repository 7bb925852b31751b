package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.stomp.Command;
import io.vertx.ext.stomp.Frame;
import io.vertx.ext.stomp.impl.FrameParser;
import java.util.List;
import java.util.Map;

/** The parser of vertx-stomp, which its client and its server share. */
final class VertxCodec implements CodecSubject {
  @Override
  public String name() {
    return "vertx";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "looks for line ends octet by octet, two or three Strings for each line, every value put"
        + " together once more, headers in a map, body a slice of a copy of the input";
  }

  @Override
  public Map<String, String> decodesWrongly() {
    return Map.of(Corpus.EVERY_ESCAPE, "escapes in header names are left as they are");
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    List<Buffer> inputs = pieces.arrays().stream().map(Buffer::buffer).toList();
    int[] frames = new int[1];
    FrameParser parser = new FrameParser();
    parser.handler(
        frame -> {
          if (frame.getCommand() != Command.PING) {
            frames[0]++;
            give(frame, depth, sink);
          }
        });
    return () -> {
      frames[0] = 0;
      for (int i = 0; i < inputs.size(); i++) {
        parser.handle(inputs.get(i));
      }
      return frames[0];
    };
  }

  private static void give(Frame frame, Depth depth, FrameSink sink) {
    if (depth == Depth.USE) {
      Buffer body = frame.getBody();
      int size = body.length();
      sink.use(
          frame.getHeader("destination"),
          frame.getHeader("message-id"),
          frame.getHeader("content-type"),
          size,
          size == 0 ? 0 : body.getByte(0) + body.getByte(size - 1));
    } else {
      for (Map.Entry<String, String> header : frame.getHeaders().entrySet()) {
        sink.header(header.getKey(), header.getValue());
      }
      sink.body(frame.getBodyAsByteArray());
    }
    sink.frame(frame);
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    return CodecSubject.eachOf(
        frames,
        sample -> {
          Buffer encoded =
              new Frame(
                      Command.valueOf(sample.command()),
                      sample.headerMap(),
                      Buffer.buffer(sample.body()))
                  .toBuffer();
          sink.encoded(encoded, Buffer::getBytes);
        });
  }
}
