package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private final List<Integer> asked = new ArrayList<>();

  /** Gives what is asked for, up to the end. */
  private Transport transport(byte[] octets) {
    return new Transport() {
      private int at;

      @Override
      public void open(Duration limit) {}

      @Override
      public int read(byte[] target, int offset, int length) {
        asked.add(length);
        int count = Math.min(length, octets.length - at);
        System.arraycopy(octets, at, target, offset, count);
        at += count;
        return count == 0 ? -1 : count;
      }

      @Override
      public void write(byte[] source, int offset, int length) {}

      @Override
      public void close() {}
    };
  }

  @Test
  void whatComesIsGivenOnceAndInItsOrder() throws IOException {
    byte[] octets = new byte[200_000];
    new Random(1).nextBytes(octets);
    ReadAhead stream = new ReadAhead(transport(octets));
    byte[] read = new byte[octets.length];
    read[0] = (byte) stream.read();
    int count = 1;
    while (count < read.length) {
      count += stream.read(read, count, Math.min(1000, read.length - count));
    }

    assertThat(read).isEqualTo(octets);
    assertThat(stream.available()).isZero();
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.read(read, 0, 1)).isEqualTo(-1);
  }

  @Test
  void theBufferIsLargeOnceTheSmallOneWasFull() throws IOException {
    ReadAhead stream = new ReadAhead(transport(new byte[100_000]));
    while (stream.read() >= 0) {
      // Each octet is looked at elsewhere.
    }

    assertThat(asked.subList(0, 2)).containsExactly(8 * 1024, 64 * 1024);
  }

  @Test
  void theBufferStaysSmallWhereReadsDoNotFillIt() throws IOException {
    ReadAhead stream = new ReadAhead(transport(new byte[8 * 1024 - 1]));

    assertThat(stream.readAllBytes()).hasSize(8 * 1024 - 1);
    assertThat(asked).containsOnly(8 * 1024);
  }

  @Test
  void nothingIsAskedForWhereNothingIsWanted() throws IOException {
    ReadAhead stream = new ReadAhead(transport(new byte[1]));

    assertThat(stream.read(new byte[1], 0, 0)).isZero();
    assertThat(asked).isEmpty();
  }
}
