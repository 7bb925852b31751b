package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnixTransportTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Path folder;
  private Path path;
  private ServerSocketChannel server;
  private Transport transport;

  /** The system takes short paths only. */
  @BeforeEach
  void listen() throws IOException {
    folder = Files.createTempDirectory("sb");
    path = folder.resolve("a socket");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    transport = transport();
  }

  @AfterEach
  void leave() throws IOException {
    transport.close();
    server.close();
    Files.deleteIfExists(path);
    Files.delete(folder);
  }

  private Transport transport() {
    String uri = "stomp+unix://" + path.toString().replace(" ", "%20");
    return TransportFactory.sockets().create(BrokerAddress.parse(uri));
  }

  @Test
  void octetsGoBothWays() throws Exception {
    transport.open(LIMIT);
    try (SocketChannel peer = server.accept()) {
      transport.write(new byte[] {1, 2, 3}, 1, 2);
      assertThat(received(peer, 2)).containsExactly(2, 3);

      peer.write(ByteBuffer.wrap(new byte[] {4, 5}));
      byte[] octets = new byte[5];
      assertThat(transport.read(octets, 2, 3)).isEqualTo(2);
      assertThat(octets).containsExactly(0, 0, 4, 5, 0);
    }
    assertThat(transport.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  @Test
  void anInterruptNeitherCutsAFrameNorIsForgotten() throws Exception {
    transport.open(LIMIT);
    byte[] large = new byte[8 << 20];
    Arrays.fill(large, (byte) 7);
    try (SocketChannel peer = server.accept()) {
      FutureTask<Boolean> writing =
          new FutureTask<>(
              () -> {
                transport.write(large, 0, large.length);
                return Thread.currentThread().isInterrupted();
              });
      Thread writer = start(writing);
      writer.interrupt();
      await().atMost(LIMIT).until(() -> isInSelector(writer));
      writer.interrupt();

      assertThat(received(peer, large.length)).isEqualTo(large);
      assertThat(writing.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean isInSelector(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("select"));
  }

  @Test
  void closingEndsARead() throws Exception {
    transport.open(LIMIT);
    FutureTask<Integer> reading = new FutureTask<>(() -> transport.read(new byte[1], 0, 1));
    Thread reader = start(reading);
    await().atMost(LIMIT).until(() -> isInSelector(reader));

    transport.close();

    assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SocketException.class);
  }

  @Test
  void aSocketThatIsNotThereIsNamed() throws Exception {
    server.close();
    Files.delete(path);

    assertThatThrownBy(() -> transport.open(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString());
  }

  @Test
  void aTransportThatWasClosedDoesNotOpen() {
    transport.close();

    assertThatThrownBy(() -> transport.open(LIMIT)).isInstanceOf(SocketException.class);
  }

  private static byte[] received(SocketChannel peer, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && peer.read(buffer) >= 0) {
      // Until all is there.
    }
    return buffer.array();
  }

  private static <T> Thread start(FutureTask<T> task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
