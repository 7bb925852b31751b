package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketWriterTest {
  /** How large the arrays were whose octets were written. */
  private final List<Integer> arrays = new ArrayList<>();

  private final Transport transport =
      new Transport() {
        @Override
        public void open(Duration limit) {}

        @Override
        public int read(byte[] target, int offset, int length) {
          return -1;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
          arrays.add(source.length);
        }

        @Override
        public void close() {}
      };

  private static byte[] frame(String body) {
    return ("SEND\n\n" + body + "\0").getBytes(UTF_8);
  }

  @Test
  void whatOnlyALargeMessageNeededIsGivenBack() throws IOException {
    WebSocketOptions options = WebSocketOptions.defaults().withMaxMessage(1_000_000);
    WebSocketWriter writer = new WebSocketWriter(transport, options, new SecureRandom());
    byte[] large = frame("a".repeat(900_000));
    byte[] small = frame("b");

    writer.write(large, 0, large.length);
    writer.write(small, 0, small.length);

    assertThat(arrays).hasSize(2);
    assertThat(arrays.get(0)).isGreaterThan(900_000);
    assertThat(arrays.get(1)).isLessThan(2000);
  }
}
