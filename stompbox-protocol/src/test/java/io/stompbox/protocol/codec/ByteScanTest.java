package io.stompbox.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteScanTest {
  /** Neighbours of each other and of the bounds, since those confuse a search by words. */
  private static final byte[] TRICKY = {0, 1, '\n', 11, '\r', ':', ';', 0x7f, -128, -127, -2, -1};

  @Test
  void findsTheSameAsALoop() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = octets(random);
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length + 1 - from);
      byte one = TRICKY[random.nextInt(TRICKY.length)];
      byte other = TRICKY[random.nextInt(TRICKY.length)];

      assertThat(ByteScan.indexOf(bytes, from, to, one))
          .as("round %d", round)
          .isEqualTo(loop(bytes, from, to, one, one));
      assertThat(ByteScan.indexOfEither(bytes, from, to, one, other))
          .as("round %d", round)
          .isEqualTo(loop(bytes, from, to, one, other));
    }
  }

  @Test
  void findsEveryOctetAtEveryPlace() {
    for (int octet = Byte.MIN_VALUE; octet <= Byte.MAX_VALUE; octet++) {
      for (int place = 0; place < 20; place++) {
        byte[] bytes = new byte[20];
        java.util.Arrays.fill(bytes, (byte) ~octet);
        bytes[place] = (byte) octet;

        assertThat(ByteScan.indexOf(bytes, 0, 20, (byte) octet)).isEqualTo(place);
        assertThat(ByteScan.indexOf(bytes, place + 1, 20, (byte) octet)).isEqualTo(-1);
        assertThat(ByteScan.indexOf(bytes, 0, place, (byte) octet)).isEqualTo(-1);
      }
    }
  }

  /** Returns up to 40 octets, mostly of one kind, so that hits are neither sure nor rare. */
  private static byte[] octets(Random random) {
    byte[] bytes = new byte[random.nextInt(41)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = random.nextInt(8) == 0 ? TRICKY[random.nextInt(TRICKY.length)] : (byte) 'x';
    }
    return bytes;
  }

  private static int loop(byte[] bytes, int from, int to, byte one, byte other) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == one || bytes[i] == other) {
        return i;
      }
    }
    return -1;
  }
}
