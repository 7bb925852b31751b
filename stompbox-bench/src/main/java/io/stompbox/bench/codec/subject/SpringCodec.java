package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.BufferingStompDecoder;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;

/** The codec of spring-messaging, which its TCP and WebSocket clients share. */
final class SpringCodec implements CodecSubject {
  private static final int BUFFER = 4 * 1024 * 1024;

  @Override
  public String name() {
    return "spring";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "every header through a byte stream of its own into a map of lists, body copied; parses"
        + " an unfinished frame again from its start until its content-length is known; always"
        + " writes content-length";
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    BufferingStompDecoder decoder = new BufferingStompDecoder(new StompDecoder(), BUFFER);
    return () -> {
      int frames = 0;
      for (int i = 0; i < pieces.count(); i++) {
        List<Message<byte[]>> messages = decoder.decode(pieces.buffer(i));
        for (int k = 0; k < messages.size(); k++) {
          give(messages.get(k), depth, sink);
        }
        frames += messages.size();
      }
      return frames;
    };
  }

  private static void give(Message<byte[]> message, Depth depth, FrameSink sink) {
    if (depth == Depth.USE) {
      StompHeaderAccessor headers =
          Objects.requireNonNull(
              MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class));
      sink.use(
          headers.getFirstNativeHeader("destination"),
          headers.getFirstNativeHeader("message-id"),
          headers.getFirstNativeHeader("content-type"),
          message.getPayload());
    } else {
      nativeHeaders(message).forEach((name, values) -> sink.header(name, values.get(0)));
      sink.body(message.getPayload());
    }
    sink.frame(message);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<String>> nativeHeaders(Message<byte[]> message) {
    Object map = message.getHeaders().get(NativeMessageHeaderAccessor.NATIVE_HEADERS);
    return (Map<String, List<String>>) Objects.requireNonNull(map);
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    StompEncoder encoder = new StompEncoder();
    return CodecSubject.eachOf(
        frames,
        sample -> {
          StompHeaderAccessor headers =
              StompHeaderAccessor.create(StompCommand.valueOf(sample.command()));
          List<SampleFrame.Entry> entries = sample.headers();
          for (int k = 0; k < entries.size(); k++) {
            headers.addNativeHeader(entries.get(k).name(), entries.get(k).value());
          }
          headers.setLeaveMutable(true);
          byte[] encoded =
              encoder.encode(
                  MessageBuilder.createMessage(sample.body(), headers.getMessageHeaders()));
          sink.encoded(encoded, Function.identity());
        });
  }
}
