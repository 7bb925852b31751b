package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.lang.reflect.Proxy;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Map;
import org.fusesource.hawtbuf.AsciiBuffer;
import org.fusesource.hawtbuf.Buffer;
import org.fusesource.hawtdispatch.transport.Transport;
import org.fusesource.stomp.codec.StompFrame;
import org.fusesource.stomp.codec.StompProtocolCodec;

/** The codec of the StompJMS client. */
final class StompJmsCodec implements CodecSubject {
  private static final AsciiBuffer DESTINATION = new AsciiBuffer("destination");
  private static final AsciiBuffer MESSAGE_ID = new AsciiBuffer("message-id");
  private static final AsciiBuffer CONTENT_TYPE = new AsciiBuffer("content-type");

  @Override
  public String name() {
    return "stompjms";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "headers and body are slices of its 64 KiB read buffer until somebody asks; reads from a"
        + " channel by itself, so one more copy of the input is in its figures";
  }

  @Override
  public Map<String, String> decodesWrongly() {
    return Map.of(Corpus.EVERY_ESCAPE, "the escape of a carriage return is left as it is");
  }

  @Override
  public Map<String, String> encodesWrongly() {
    return Map.of(
        "escaped",
        "a line feed in a value becomes \\c, as a colon does",
        Corpus.EVERY_ESCAPE,
        "a line feed becomes \\c, a carriage return stays as it is");
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) throws Exception {
    PieceChannel channel = new PieceChannel(pieces);
    StompProtocolCodec codec = new StompProtocolCodec();
    codec.setTransport(transport(channel));
    return () -> {
      channel.rewind();
      int frames = 0;
      while (true) {
        StompFrame frame = (StompFrame) codec.read();
        if (frame != null) {
          frames++;
          give(frame, depth, sink);
        } else if (channel.isAtEnd()) {
          return frames;
        }
      }
    };
  }

  private static Transport transport(ReadableByteChannel readable) {
    return (Transport)
        Proxy.newProxyInstance(
            StompJmsCodec.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, arguments) ->
                method.getName().equals("getReadChannel") ? readable : null);
  }

  private static void give(StompFrame frame, Depth depth, FrameSink sink) {
    if (depth == Depth.USE) {
      Buffer body = frame.content();
      int size = body.length();
      sink.use(
          StompFrame.decodeHeader(frame.getHeader(DESTINATION)),
          StompFrame.decodeHeader(frame.getHeader(MESSAGE_ID)),
          StompFrame.decodeHeader(frame.getHeader(CONTENT_TYPE)),
          size,
          size == 0 ? 0 : body.get(0) + body.get(size - 1));
    } else {
      for (StompFrame.HeaderEntry header : frame.headerList()) {
        sink.header(
            StompFrame.decodeHeader(header.getKey()), StompFrame.decodeHeader(header.getValue()));
      }
      sink.body(frame.content().toByteArray());
    }
    sink.frame(frame);
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    return CodecSubject.eachOf(
        frames,
        sample -> {
          StompFrame frame = new StompFrame(new AsciiBuffer(sample.command()));
          List<SampleFrame.Entry> headers = sample.headers();
          for (int k = 0; k < headers.size(); k++) {
            frame.addHeader(
                StompFrame.encodeHeader(headers.get(k).name()),
                StompFrame.encodeHeader(headers.get(k).value()));
          }
          frame.content(new Buffer(sample.body()));
          Buffer encoded = frame.toBuffer();
          sink.encoded(encoded, Buffer::toByteArray);
        });
  }
}
