package io.stompbox.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummedBodyTest {
  private final SummedBody summed = new SummedBody();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 10_000})
  void sumsABodyUpHoweverItComes(int piece) throws Exception {
    byte[] body = new MadeOctets(9000).readAllBytes();
    head("SEND\ndestination:/control/body\ncontent-length:9000\n\n");

    for (int from = 0; from < body.length; from += piece) {
      ByteBuffer octets = ByteBuffer.wrap(body, from, Math.min(piece, body.length - from));
      summed.take(octets);
      assertThat(octets.hasRemaining()).isFalse();
    }

    assertThat(summed).hasToString("9000 " + MadeOctets.sum(9000));
    assertThat(MadeOctets.sum(9000)).isNotEqualTo(MadeOctets.sum(8999));
  }

  @Test
  void leavesWhatComesBehindTheBody() {
    head("SEND\ndestination:/control/body\ncontent-length:3\n\n");
    ByteBuffer octets = ByteBuffer.wrap("abc\0DISCONNECT".getBytes(UTF_8));

    summed.take(octets);

    assertThat(UTF_8.decode(octets).toString()).isEqualTo("\0DISCONNECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SEND\ndestination:/queue/a\ncontent-length:3\n\n",
        "SEND\ndestination:/control/body\n\n",
        "SEND\ndestination:/control/body\ncontent-length:3\n"
      })
  void takesNothingOfOtherFrames(String head) {
    head(head);
    ByteBuffer octets = ByteBuffer.wrap("abc".getBytes(UTF_8));

    summed.take(octets);

    assertThat(octets.remaining()).isEqualTo(3);
  }

  private void head(String head) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (byte octet : head.getBytes(UTF_8)) {
      frame.write(octet);
      summed.look(frame, octet);
    }
  }
}
