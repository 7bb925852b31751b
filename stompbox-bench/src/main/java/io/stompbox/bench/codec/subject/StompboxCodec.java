package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.DecodedEvent.FrameDecoded;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.codec.FrameOctets;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stompbox; encoding makes each frame of Strings and an array first, as it does with the peers. */
final class StompboxCodec implements CodecSubject {
  private final FrameOctets octets;

  /** Creates a subject whose decoded frames hold these octets. */
  StompboxCodec(FrameOctets octets) {
    this.octets = octets;
  }

  @Override
  public String name() {
    return octets == FrameOctets.COPIED ? "stompbox" : "stompbox-borrowed";
  }

  @Override
  public Kind kind() {
    return Kind.STOMPBOX;
  }

  @Override
  public String notes() {
    if (octets == FrameOctets.BORROWED) {
      return "as stompbox, but nothing is copied: a frame is valid until the next read";
    }
    return "heads compared with those that came lately, values that differ become Strings when they"
        + " are asked for, head and body copied once; encodes into a buffer that is there already";
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    ByteBuffer input = ByteBuffer.wrap(pieces.octets());
    FrameDecoder decoder =
        new FrameDecoder(
            DecoderMode.TOLERANT, DecoderLimits.defaults(), BodyStreaming.off(), octets);
    decoder.version(Version.V1_2);
    return () -> {
      int frames = 0;
      input.position(0);
      for (int i = 0; i < pieces.count(); i++) {
        input.limit(pieces.to(i));
        DecodedEvent event;
        while ((event = decoder.decode(input)) != null) {
          if (event instanceof FrameDecoded decoded) {
            give(decoded.frame(), depth, sink);
            frames++;
          }
        }
      }
      return frames;
    };
  }

  private static void give(Frame frame, Depth depth, FrameSink sink) {
    Headers headers = frame.headers();
    Body body = frame.body();
    if (depth == Depth.USE) {
      int size = body.size();
      sink.use(
          headers.get("destination"),
          headers.get("message-id"),
          headers.get("content-type"),
          size,
          size == 0 ? 0 : body.at(0) + body.at(size - 1));
    } else {
      for (int i = 0; i < headers.size(); i++) {
        sink.header(headers.name(i), headers.value(i));
      }
      sink.body(body.toBytes());
    }
    sink.frame(frame);
  }

  @Override
  public @Nullable Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    if (octets == FrameOctets.BORROWED) {
      return null;
    }
    StompboxTarget target = new StompboxTarget();
    return CodecSubject.eachOf(frames, sample -> target.encode(frameOf(sample), sink));
  }

  static Frame frameOf(SampleFrame sample) {
    Headers.Builder headers = Headers.builder();
    List<SampleFrame.Entry> entries = sample.headers();
    for (int i = 0; i < entries.size(); i++) {
      SampleFrame.Entry entry = entries.get(i);
      headers.add(entry.name(), entry.value());
    }
    byte[] body = sample.body();
    return new Frame(
        Command.of(sample.command()), headers.build(), Body.wrap(body, 0, body.length));
  }

  /** Encodes into a buffer that is there already. */
  static final class StompboxTarget {
    private final FrameEncoder encoder = new FrameEncoder(Version.V1_2);
    private final FilledBuffer filled = new FilledBuffer();

    void encode(Frame frame, EncodedSink sink) {
      encoder.encode(frame, filled.next());
      filled.give(sink);
    }
  }
}
