package io.stompbox.bench.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes bodies. */
public final class Bodies {
  /** What stands before the filling and behind it. */
  private static final int FRAME = "{\"id\":0000,\"text\":\"\"}".length();

  private Bodies() {}

  /** Returns a JSON text of {@code size} octets, at least 30; equal seeds give equal ones. */
  public static byte[] json(int seed, int size) {
    Random random = new Random(seed);
    StringBuilder text =
        new StringBuilder(size).append(String.format("{\"id\":%04d,\"text\":\"", seed % 10_000));
    for (int i = size - FRAME; i > 0; i--) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
