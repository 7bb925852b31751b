package io.stompbox.client.transport;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Keys that nobody can guess, a fresh one for each message (RFC 6455, section 5.3). They are made
 * many at a time: asking for one takes longer than masking 1 KiB with it. For one thread.
 */
final class MaskingKeys {
  private static final int AT_ONCE = 256;

  private final SecureRandom random;
  private final ByteBuffer keys = ByteBuffer.allocate(AT_ONCE * Integer.BYTES).limit(0);

  MaskingKeys(SecureRandom random) {
    this.random = random;
  }

  int next() {
    if (!keys.hasRemaining()) {
      random.nextBytes(keys.array());
      keys.clear();
    }
    return keys.getInt();
  }
}
