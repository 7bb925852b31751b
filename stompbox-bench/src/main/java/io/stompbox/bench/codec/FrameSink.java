package io.stompbox.bench.codec;

import org.jspecify.annotations.Nullable;

/**
 * Where decoded frames go: it keeps the compiler from leaving out the work, or checks the result.
 */
public interface FrameSink {
  /** With {@link Depth#FULL}: one header, first occurrence only. */
  void header(String name, String value);

  /** With {@link Depth#FULL}: the body, after the headers. */
  void body(byte[] octets);

  /** With {@link Depth#USE}: what a consumer looks at. */
  void use(
      @Nullable String destination,
      @Nullable String messageId,
      @Nullable String contentType,
      int bodySize,
      int ends);

  /** With every depth, last: the frame as the codec has it. */
  void frame(Object frame);

  /** Like the other one, for a body that is an array. */
  default void use(
      @Nullable String destination,
      @Nullable String messageId,
      @Nullable String contentType,
      byte[] body) {
    int ends = body.length == 0 ? 0 : body[0] + body[body.length - 1];
    use(destination, messageId, contentType, body.length, ends);
  }
}
