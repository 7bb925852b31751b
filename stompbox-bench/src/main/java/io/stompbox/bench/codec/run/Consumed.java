package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** Hands everything to a black hole, so that the compiler can't leave out the work. */
final class Consumed implements FrameSink, EncodedSink {
  private final Blackhole hole;

  Consumed(Blackhole hole) {
    this.hole = hole;
  }

  @Override
  public void header(String name, String value) {
    hole.consume(name);
    hole.consume(value);
  }

  @Override
  public void body(byte[] octets) {
    hole.consume(octets);
  }

  @Override
  public void use(
      @Nullable String destination,
      @Nullable String messageId,
      @Nullable String contentType,
      int bodySize,
      int ends) {
    hole.consume(destination);
    hole.consume(messageId);
    hole.consume(contentType);
    hole.consume(bodySize + ends);
  }

  @Override
  public void frame(Object frame) {
    hole.consume(frame);
  }

  @Override
  public <T> void encoded(T frame, Function<T, byte[]> copy) {
    hole.consume(frame);
  }
}
