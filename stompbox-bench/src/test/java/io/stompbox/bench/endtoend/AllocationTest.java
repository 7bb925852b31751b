package io.stompbox.bench.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stompbox.bench.endtoend.peer.ScriptedPeer;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Octets that all threads of a client take from the heap for a message, at most those of the
 * benchmarks. They are exact where the JVM does not optimise allocations away, as in these tests.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int WARM_UP = 2_000;
  private static final int MESSAGES = 5_000;

  private static ScriptedPeer.Local peer;

  @BeforeAll
  static void startPeer() throws Exception {
    peer = ScriptedPeer.startHere();
  }

  @AfterAll
  static void stopPeer() throws Exception {
    peer.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"send-100, 500", "confirm-1k-100, 2300", "receive-100, 820", "receive-1k-ack, 2950"})
  void aMessageTakesNoMoreThan(String scenario, long octets) throws Exception {
    try (Run run =
        Subjects.named("stompbox")
            .start(Scenario.named(scenario), Endpoint.plain(Endpoint.SCRIPTED, peer.port()))) {
      run.prepare(WARM_UP);
      run.run(WARM_UP, nanos -> {});
      run.prepare(MESSAGES);
      long before = takenByClient();
      run.run(MESSAGES, nanos -> {});
      long taken = takenByClient() - before;

      assertThat(taken / MESSAGES).isLessThanOrEqualTo(octets);
    }
  }

  @Test
  void encodingTakesNothing() {
    Frame frame = Frame.of(Command.SEND, "destination", "/queue/a").with(Body.of("x".repeat(1024)));
    FrameEncoder encoder = new FrameEncoder(Version.V1_2);
    ByteBuffer target = ByteBuffer.allocate(encoder.maxSize(frame));
    encode(encoder, frame, target);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    encode(encoder, frame, target);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken / MESSAGES).isZero();
  }

  private static void encode(FrameEncoder encoder, Frame frame, ByteBuffer target) {
    for (int i = 0; i < MESSAGES; i++) {
      encoder.encode(frame, target.clear());
    }
  }

  @Test
  void decodingTakesTheBodyAndLittleMore() {
    Frame frame =
        Frame.of(Command.MESSAGE, "destination", "/queue/a", "message-id", "1", "subscription", "s")
            .with(Body.of("x".repeat(1024)));
    ByteBuffer wire = ByteBuffer.wrap(new FrameEncoder(Version.V1_2).encode(frame));
    FrameDecoder decoder = new FrameDecoder();
    decoder.version(Version.V1_2);
    decode(decoder, wire);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decode(decoder, wire);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken / MESSAGES).isLessThanOrEqualTo(1024 + 300);
  }

  private static void decode(FrameDecoder decoder, ByteBuffer wire) {
    for (int i = 0; i < MESSAGES; i++) {
      assertDecoded(decoder.decode(wire.clear()));
    }
  }

  private static void assertDecoded(@Nullable Object event) {
    if (event == null) {
      throw new AssertionError("the frame is whole, but was not decoded");
    }
  }

  private static long takenByClient() {
    long taken = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null
          && (thread.getThreadName().startsWith("stompbox")
              || thread.getThreadId() == Thread.currentThread().getId())) {
        taken += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
      }
    }
    return taken;
  }
}
