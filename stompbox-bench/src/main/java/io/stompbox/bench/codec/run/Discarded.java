package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.EncodedSink;
import io.stompbox.bench.codec.FrameSink;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** For asking whether a subject can do something at all. */
enum Discarded implements FrameSink, EncodedSink {
  INSTANCE;

  @Override
  public <T> void encoded(T frame, Function<T, byte[]> copy) {}

  @Override
  public void header(String name, String value) {}

  @Override
  public void body(byte[] octets) {}

  @Override
  public void use(
      @Nullable String destination,
      @Nullable String messageId,
      @Nullable String contentType,
      int bodySize,
      int ends) {}

  @Override
  public void frame(Object frame) {}
}
