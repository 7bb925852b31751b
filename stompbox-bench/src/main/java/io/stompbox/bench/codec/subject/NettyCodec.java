package io.stompbox.bench.codec.subject;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompHeaders;
import io.netty.handler.codec.stomp.StompSubframeAggregator;
import io.netty.handler.codec.stomp.StompSubframeDecoder;
import io.netty.handler.codec.stomp.StompSubframeEncoder;
import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.Depth;
import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import io.stompbox.bench.codec.Pieces;
import io.stompbox.bench.codec.SampleFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Netty's codec-stomp with its aggregator, in a channel without a socket. */
final class NettyCodec implements CodecSubject {
  private static final int LINE = 1024;
  private static final int FRAME = 1024 * 1024;

  @Override
  public String name() {
    return "netty";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "direct buffers in and out, every header a String, the body copied into a pooled buffer"
        + " and headers once more into the aggregate; the limit of headers is lifted, since a frame"
        + " that comes in small pieces has its headers counted again with every piece";
  }

  @Override
  public Operation decoding(Pieces pieces, Depth depth, FrameSink sink) {
    List<ByteBuf> inputs = pieces.arrays().stream().map(NettyCodec::direct).toList();
    LastHandler last = new LastHandler(depth, sink);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new StompSubframeDecoder(LINE, FRAME, Integer.MAX_VALUE, false),
            new StompSubframeAggregator(FRAME),
            last);
    return () -> {
      last.frames = 0;
      for (int i = 0; i < inputs.size(); i++) {
        channel.writeInbound(inputs.get(i).retainedDuplicate());
      }
      return last.frames;
    };
  }

  private static ByteBuf direct(byte[] octets) {
    // Wrapped, so that Netty does not look for leaks of what lives as long as the JVM.
    return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(octets.length).put(octets).flip());
  }

  private static final class LastHandler extends SimpleChannelInboundHandler<StompFrame> {
    private final Depth depth;
    private final FrameSink sink;
    private int frames;

    LastHandler(Depth depth, FrameSink sink) {
      this.depth = depth;
      this.sink = sink;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, StompFrame frame) {
      if (frame.decoderResult().isFailure()) {
        throw new IllegalStateException("netty refused a frame", frame.decoderResult().cause());
      }
      frames++;
      StompHeaders headers = frame.headers();
      ByteBuf body = frame.content();
      if (depth == Depth.USE) {
        int first = body.readerIndex();
        int size = body.readableBytes();
        sink.use(
            headers.getAsString(StompHeaders.DESTINATION),
            headers.getAsString(StompHeaders.MESSAGE_ID),
            headers.getAsString(StompHeaders.CONTENT_TYPE),
            size,
            size == 0 ? 0 : body.getByte(first) + body.getByte(first + size - 1));
      } else {
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
          sink.header(header.getKey().toString(), header.getValue().toString());
        }
        sink.body(ByteBufUtil.getBytes(body));
      }
      sink.frame(frame);
    }
  }

  @Override
  public Operation encoding(List<SampleFrame> frames, EncodedSink sink) {
    EmbeddedChannel channel = new EmbeddedChannel(new StompSubframeEncoder());
    return CodecSubject.eachOf(
        frames,
        sample -> {
          DefaultStompFrame frame =
              new DefaultStompFrame(
                  StompCommand.valueOf(sample.command()), Unpooled.wrappedBuffer(sample.body()));
          List<SampleFrame.Entry> headers = sample.headers();
          for (int k = 0; k < headers.size(); k++) {
            frame.headers().add(headers.get(k).name(), headers.get(k).value());
          }
          channel.writeOutbound(frame);
          ByteBuf encoded = channel.readOutbound();
          sink.encoded(encoded, ByteBufUtil::getBytes);
          encoded.release();
        });
  }
}
