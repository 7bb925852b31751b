package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.core.protocol.stomp.StompConnection;
import org.apache.activemq.artemis.core.protocol.stomp.StompFrame;
import org.apache.activemq.artemis.core.protocol.stomp.v12.StompFrameHandlerV12;
import org.apache.activemq.artemis.core.protocol.stomp.v12.StompFrameV12;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/** The codec of Artemis' STOMP acceptor. */
final class ArtemisCodec implements CodecSubject {
  @Override
  public String name() {
    return "artemis";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "copies the input, looks at each octet in one switch, Strings for names and values in a"
        + " map, body copied; moves what is left to the front after every frame";
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) throws Exception {
    StompFrameHandlerV12 handler = new StompFrameHandlerV12(connection(), null, null);
    List<byte[]> inputs = pieces.arrays();
    return () -> {
      int frames = 0;
      for (int i = 0; i < inputs.size(); i++) {
        ActiveMQBuffer input = ActiveMQBuffers.wrappedBuffer(inputs.get(i));
        StompFrame frame = handler.decode(input);
        while (frame != null) {
          frames++;
          give(frame, depth, sink);
          frame = handler.hasBytes() ? handler.decode(input) : null;
        }
      }
      return frames;
    };
  }

  /**
   * The decoder asks its connection for nothing, but wants one, whose constructor is not public.
   */
  private static StompConnection connection() throws ReflectiveOperationException {
    Constructor<?> constructor = StompConnection.class.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return (StompConnection)
        constructor.newInstance(silent(Acceptor.class), silent(Connection.class), null, null, null);
  }

  private static Object silent(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (method.getReturnType() == boolean.class) {
            return false;
          }
          return method.getReturnType() == Map.class ? Map.of() : null;
        });
  }

  private static void give(StompFrame frame, Depth depth, FrameSink sink) throws Exception {
    if (depth == Depth.USE) {
      sink.use(
          frame.getHeader("destination"),
          frame.getHeader("message-id"),
          frame.getHeader("content-type"),
          frame.getBodyAsBytes());
    } else {
      for (Map.Entry<String, String> header : frame.getHeadersMap().entrySet()) {
        sink.header(header.getKey(), header.getValue());
      }
      sink.body(frame.getBodyAsBytes());
    }
    sink.frame(frame);
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    return CodecSubject.eachOf(
        frames,
        sample -> {
          StompFrameV12 frame = new StompFrameV12(sample.command());
          List<SampleFrame.Entry> headers = sample.headers();
          for (int k = 0; k < headers.size(); k++) {
            frame.addHeader(headers.get(k).name(), headers.get(k).value());
          }
          frame.setByteBody(sample.body());
          ActiveMQBuffer encoded = frame.toActiveMQBuffer();
          sink.encoded(encoded, ArtemisCodec::copy);
        });
  }

  private static byte[] copy(ActiveMQBuffer encoded) {
    byte[] octets = new byte[encoded.readableBytes()];
    encoded.getBytes(encoded.readerIndex(), octets);
    return octets;
  }
}
