package io.stompbox.checks.kills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.transport.Transport;
import io.stompbox.protocol.failover.FailoverUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckTapTest {
  private static final String MESSAGES =
      "CONNECTED\nversion:1.2\n\n\0MESSAGE\nack:a\n\n\0MESSAGE\nack:b\n\n\0";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          # acknowledged, ACK frames, stale
          a,              1,          0
          a b,            2,          0
          a a,            2,          1
          c,              1,          1
          a c b d,        4,          2
          """)
  void anAckForWhatTheConnectionDidNotBringIsStale(String ids, int acks, int stale)
      throws IOException {
    AckTap tap = new AckTap(address -> new Recorded(MESSAGES));
    Transport wire = tap.create(FailoverUri.parse("stomp://127.0.0.1:1").brokers().get(0));
    byte[] octets = new byte[MESSAGES.length()];
    assertThat(wire.read(octets, 0, octets.length)).isEqualTo(octets.length);

    write(wire, "CONNECT\nhost:h\n\n\0");
    for (String id : List.of(ids.split(" "))) {
      write(wire, "ACK\nid:" + id + "\n\n\0");
    }

    assertThat(tap.acks()).isEqualTo(acks);
    assertThat(tap.stale()).isEqualTo(stale);
  }

  private static void write(Transport wire, String frame) throws IOException {
    byte[] octets = frame.getBytes(UTF_8);
    wire.write(octets, 0, octets.length);
  }

  /** Brings a text and takes everything. */
  private static final class Recorded implements Transport {
    private final InputStream input;

    private Recorded(String text) {
      this.input = new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public void open(Duration limit) {}

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return input.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) {}

    @Override
    public void close() {}
  }
}
