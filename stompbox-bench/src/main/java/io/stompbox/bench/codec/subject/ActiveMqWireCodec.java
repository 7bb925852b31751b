package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.io.DataInputStream;
import java.util.List;
import java.util.Map;
import org.apache.activemq.transport.stomp.StompFrame;
import org.apache.activemq.transport.stomp.StompWireFormat;
import org.jspecify.annotations.Nullable;

/** What ActiveMQ Classic reads with over blocking sockets, and its StompConnection too. */
final class ActiveMqWireCodec implements CodecSubject {
  @Override
  public String name() {
    return "activemq-wire";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "reads a stream octet by octet, a buffer of 10 KiB for each header line, headers in a"
        + " map, body an array; encodes as activemq-nio does";
  }

  @Override
  public Map<String, String> decodesWrongly() {
    return Map.of(Corpus.EVERY_ESCAPE, ActiveMqNioCodec.NAMES_STAY_ESCAPED);
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    StompWireFormat format = ActiveMqNioCodec.wireFormat();
    PieceStream stream = new PieceStream(pieces);
    DataInputStream input = new DataInputStream(stream);
    return () -> {
      stream.rewind();
      int frames = 0;
      while (stream.available() > 0) {
        ActiveMqNioCodec.give((StompFrame) format.unmarshal(input), depth, sink);
        frames++;
      }
      return frames;
    };
  }

  @Override
  public @Nullable Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    return null;
  }
}
