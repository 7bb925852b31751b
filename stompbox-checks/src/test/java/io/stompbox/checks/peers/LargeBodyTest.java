package io.stompbox.checks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.ScriptedBroker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of many MiB, with and without a content-length. */
class LargeBodyTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MIB = 1024 * 1024;

  /** What a socket gives in one read, roughly. */
  private static final int PIECE = 8 * 1024;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * Eight times the octets take eight times the work where each octet is looked at once, and 64
   * times where the frame is begun again with each piece. Counted is the time of the processor,
   * which other programs don't add to.
   */
  @Test
  void aBodyWithoutALengthIsLookedThroughOnce() {
    byte[] small = message(MIB, "");
    byte[] large = message(8 * MIB, "");
    long ofSmall = least(() -> decode(small));

    long ofLarge = least(() -> decode(large));

    assertThat(ofLarge).isLessThan(24 * ofSmall);
  }

  private static long least(Runnable work) {
    return LongStream.range(0, 5)
        .map(
            i -> {
              long start = THREADS.getCurrentThreadCpuTime();
              work.run();
              return THREADS.getCurrentThreadCpuTime() - start;
            })
        .min()
        .orElseThrow();
  }

  private static void decode(byte[] wire) {
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(Version.V1_2);
    DecodedEvent event = null;
    for (int from = 0; from < wire.length; from += PIECE) {
      event = decoder.decode(ByteBuffer.wrap(wire, from, Math.min(PIECE, wire.length - from)));
    }
    assertThat(event).isInstanceOf(DecodedEvent.FrameDecoded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "content-length:33554432\n"})
  void aBodyOf32MebibytesIsReceived(String length) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            Frame subscribe = peer.expect("SUBSCRIBE");
            peer.receiptFor(subscribe);
            String own = "subscription:" + subscribe.require("id") + "\nack:1\n" + length;
            peer.send(message(32 * MIB, own));
            peer.expect("ACK");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      try (StompClient client = StompClient.connect(broker.uri())) {
        Subscription subscription = client.subscribe("/queue/a");

        assertThat(subscription.receive(LIMIT).orElseThrow().body().size()).isEqualTo(32 * MIB);

        subscription.receive(Duration.ZERO);
      }
      broker.assertScriptsDone();
    }
  }

  private static byte[] message(int octets, String headers) {
    byte[] head =
        ("MESSAGE\nmessage-id:1\ndestination:/queue/a\n" + headers + "\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] wire = Arrays.copyOf(head, head.length + octets + 1);
    Arrays.fill(wire, head.length, wire.length - 1, (byte) 'x');
    return wire;
  }
}
