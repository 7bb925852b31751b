package io.stompbox.bench.codec;

import io.stompbox.bench.codec.CodecSubject.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says whether a codec gives the right answer, without which a measurement means nothing. */
public final class Verification {
  private Verification() {}

  /** Decodes a corpus twice in a row; empty if all is right, else the first difference. */
  public static Optional<String> ofDecoding(CodecSubject subject, Corpus corpus) throws Exception {
    Collected collected = new Collected();
    Operation decoding = subject.decoding(corpus.pieces(), Depth.FULL, collected);
    if (decoding == null) {
      return Optional.of("it has no decoder");
    }
    Optional<String> difference = Optional.empty();
    for (int time = 0; time < 2 && difference.isEmpty(); time++) {
      collected.frames.clear();
      int frames = decoding.run();
      difference =
          frames == corpus.frames().size()
              ? compared(corpus.frames(), collected.frames)
              : Optional.of(frames + " frames instead of " + corpus.frames().size());
    }
    return difference;
  }

  /** Encodes a corpus; empty if all is right, else the first difference. */
  public static Optional<String> ofEncoding(CodecSubject subject, Corpus corpus) throws Exception {
    List<byte[]> encoded = new ArrayList<>();
    Operation encoding =
        subject.encoding(
            corpus.frames(),
            new EncodedSink() {
              @Override
              public <T> void encoded(T frame, Function<T, byte[]> copy) {
                encoded.add(copy.apply(frame));
              }
            });
    if (encoding == null) {
      return Optional.of("it has no encoder");
    }
    encoding.run();
    for (int i = 0; i < corpus.frames().size(); i++) {
      byte[] right = corpus.frames().get(i).wire();
      if (i >= encoded.size() || !isSame(right, encoded.get(i))) {
        return Optional.of(
            i < encoded.size() ? difference(right, encoded.get(i)) : "frame " + i + " is missing");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> compared(List<SampleFrame> right, List<Decoded> decoded) {
    for (int i = 0; i < right.size(); i++) {
      Map<String, String> headers = right.get(i).headerMap();
      if (!headers.equals(decoded.get(i).headers)) {
        return Optional.of("headers " + decoded.get(i).headers + " instead of " + headers);
      }
      if (!Arrays.equals(right.get(i).body(), decoded.get(i).body)) {
        return Optional.of("the body of frame " + i + " differs");
      }
    }
    return Optional.empty();
  }

  /** Maps have no order, so header lines may have another; a line end may follow the NUL. */
  private static boolean isSame(byte[] right, byte[] encoded) {
    return lines(right).equals(lines(encoded));
  }

  private static List<String> lines(byte[] wire) {
    // One character for each octet, so that nothing is lost.
    String text = new String(wire, StandardCharsets.ISO_8859_1);
    int blank = text.indexOf("\n\n");
    List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
    lines.subList(1, lines.size()).sort(null);
    String rest = text.substring(blank);
    lines.add(rest.endsWith("\0\n") ? rest.substring(0, rest.length() - 1) : rest);
    return lines;
  }

  private static String difference(byte[] right, byte[] encoded) {
    List<String> wrong = new ArrayList<>(lines(encoded));
    wrong.removeAll(lines(right));
    return "encoded with " + wrong;
  }

  private static final class Decoded {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};
  }

  private static final class Collected implements FrameSink {
    private final List<Decoded> frames = new ArrayList<>();
    private Decoded next = new Decoded();

    @Override
    public void header(String name, String value) {
      next.headers.put(name, value);
    }

    @Override
    public void body(byte[] octets) {
      next.body = octets;
    }

    @Override
    public void use(
        @Nullable String destination,
        @Nullable String messageId,
        @Nullable String contentType,
        int bodySize,
        int ends) {
      throw new IllegalStateException("depth FULL was asked for, but USE was done");
    }

    @Override
    public void frame(Object frame) {
      frames.add(next);
      next = new Decoded();
    }
  }
}
