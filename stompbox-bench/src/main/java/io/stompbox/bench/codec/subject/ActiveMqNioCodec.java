package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.activemq.transport.stomp.StompCodec;
import org.apache.activemq.transport.stomp.StompFrame;
import org.apache.activemq.transport.stomp.StompWireFormat;
import org.apache.activemq.transport.tcp.TcpTransport;
import org.apache.activemq.util.ByteSequence;

/** The codec of ActiveMQ Classic's NIO transport. */
final class ActiveMqNioCodec implements CodecSubject {
  static final String NAMES_STAY_ESCAPED = "escapes in header names are left as they are";

  @Override
  public String name() {
    return "activemq-nio";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "copies each frame octet by octet, then parses the copy as activemq-wire does";
  }

  @Override
  public Map<String, String> decodesWrongly() {
    return Map.of(Corpus.EVERY_ESCAPE, NAMES_STAY_ESCAPED);
  }

  @Override
  public Map<String, String> encodesWrongly() {
    return Map.of(Corpus.EVERY_ESCAPE, "header names are not escaped");
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) throws Exception {
    Transport transport = new Transport(wireFormat(), depth, sink);
    StompCodec codec = new StompCodec(transport);
    return () -> {
      transport.frames = 0;
      for (int i = 0; i < pieces.count(); i++) {
        ByteBuffer input = pieces.buffer(i);
        codec.parse(input, input.remaining());
      }
      return transport.frames;
    };
  }

  static StompWireFormat wireFormat() {
    StompWireFormat format = new StompWireFormat();
    format.setStompVersion("1.2");
    format.setServerMode(false);
    return format;
  }

  static void give(StompFrame frame, Depth depth, FrameSink sink) {
    if (frame.getClass() != StompFrame.class) {
      throw new IllegalStateException("activemq refused a frame: " + frame);
    }
    Map<String, String> headers = frame.getHeaders();
    if (depth == Depth.USE) {
      sink.use(
          headers.get("destination"),
          headers.get("message-id"),
          headers.get("content-type"),
          frame.getContent());
    } else {
      for (Map.Entry<String, String> header : headers.entrySet()) {
        sink.header(header.getKey(), header.getValue());
      }
      sink.body(frame.getContent());
    }
    sink.frame(frame);
  }

  private static final class Transport extends TcpTransport {
    private final Depth depth;
    private final FrameSink sink;
    private int frames;

    Transport(StompWireFormat format, Depth depth, FrameSink sink) throws IOException {
      super(format, new Socket());
      this.depth = depth;
      this.sink = sink;
    }

    @Override
    public void doConsume(Object command) {
      frames++;
      give((StompFrame) command, depth, sink);
    }
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    StompWireFormat format = wireFormat();
    return CodecSubject.eachOf(
        frames,
        sample -> {
          ByteSequence encoded =
              format.marshal(new StompFrame(sample.command(), sample.headerMap(), sample.body()));
          sink.encoded(encoded, ActiveMqNioCodec::copy);
        });
  }

  private static byte[] copy(ByteSequence encoded) {
    int from = encoded.getOffset();
    return Arrays.copyOfRange(encoded.getData(), from, from + encoded.getLength());
  }
}
