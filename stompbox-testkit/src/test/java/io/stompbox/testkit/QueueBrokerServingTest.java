package io.stompbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.protocol.session.ServerSessionOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker in memory behind the sockets of a scripted broker. */
@Timeout(60)
class QueueBrokerServingTest {
  private static final int PATIENCE = (int) TimeUnit.SECONDS.toMillis(20);
  private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:/\n\n^@";

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    broker.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void oneScriptBreaksAConnectionAndTheNextWorks() throws Exception {
    QueueBroker queues = new QueueBroker();
    broker.onConnection(Peer::reset).onConnection(queues::serve);
    Socket broken = connect();
    assertThatThrownBy(() -> readFrame(broken)).isInstanceOf(IOException.class);

    Socket socket = connect();
    write(socket, CONNECT + "DISCONNECT\nreceipt:r\n\n^@");

    assertThat(readFrame(socket)).startsWith("CONNECTED\n");
    assertThat(readFrame(socket)).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    socket.close();
    broker.assertScriptsDone();
  }

  @Test
  void manyConnectionsAtOnceLoseNothing() throws Exception {
    QueueBroker queues = new QueueBroker();
    broker.otherwise(queues::serve);
    int producers = 4;
    int each = 500;
    CountDownLatch ready = new CountDownLatch(producers);
    ExecutorService threads = Executors.newFixedThreadPool(producers);
    List<Future<Integer>> sent = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Socket socket = connected();
      sent.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                return sendConfirmed(socket, each);
              }));
    }
    Socket consumer = connected();
    write(consumer, "SUBSCRIBE\nid:s\ndestination:/q\nack:client-individual\n\n^@");
    List<String> ids = new ArrayList<>();
    while (ids.size() < producers * each) {
      String id = header(readFrame(consumer), "ack");
      ids.add(id);
      write(consumer, "ACK\nid:" + id + "\n\n^@");
    }
    write(consumer, "DISCONNECT\nreceipt:bye\n\n^@");

    assertThat(readFrame(consumer)).isEqualTo("RECEIPT\nreceipt-id:bye\n\n");
    for (Future<Integer> count : sent) {
      assertThat(count.get()).isEqualTo(each);
    }
    threads.shutdown();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(queues.waiting("/q") + queues.unacknowledged()).isZero();
  }

  private int sendConfirmed(Socket socket, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      write(socket, "SEND\ndestination:/q\nreceipt:" + i + "\n\nx^@");
    }
    int receipts = 0;
    for (int i = 0; i < count; i++) {
      receipts += readFrame(socket).equals("RECEIPT\nreceipt-id:" + i + "\n\n") ? 1 : 0;
    }
    return receipts;
  }

  @Test
  void theErrorArrivesAlthoughTheClientGoesOnSending() throws Exception {
    broker.otherwise(new QueueBroker()::serve);
    Socket socket = connected();

    write(socket, "SEND\n\nno destination^@" + "SEND\ndestination:/q\n\nx^@".repeat(10_000));

    assertThat(readFrame(socket)).startsWith("ERROR\n");
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void whatADroppedConnectionHadGoesToTheNext() throws Exception {
    QueueBroker queues = new QueueBroker();
    broker.otherwise(queues::serve);
    Socket first = connected();
    write(first, "SUBSCRIBE\nid:s\ndestination:/q\nack:client\n\n^@");
    write(first, "SEND\ndestination:/q\n\nx^@");
    assertThat(readFrame(first)).startsWith("MESSAGE\n");

    first.close();
    Socket second = connected();
    write(second, "SUBSCRIBE\nid:s\ndestination:/q\nack:client\n\n^@");

    assertThat(readFrame(second)).startsWith("MESSAGE\n").contains("redelivered:true\n");
  }

  @Test
  void heartBeatsComeAndASilentClientIsCut() throws Exception {
    ServerSessionOptions options =
        ServerSessionOptions.defaults()
            .with(new HeartBeat(20, 300))
            .with(new HeartBeatTolerance(0.5, 1, Duration.ZERO));
    broker.otherwise(new QueueBroker(QueueBrokerOptions.defaults().with(options))::serve);
    Socket socket = connect();
    write(socket, "CONNECT\naccept-version:1.2\nhost:/\nheart-beat:300,20\n\n^@");
    assertThat(readFrame(socket)).contains("heart-beat:20,300\n");

    String rest = new String(socket.getInputStream().readAllBytes(), UTF_8);

    assertThat(rest).hasSizeGreaterThan(2).matches("\n*");
  }

  @Test
  void aClientThatReadsLateGetsAllItsReceipts() throws Exception {
    broker.otherwise(new QueueBroker(QueueBrokerOptions.defaults().withUnread(1000))::serve);
    Socket socket = connected();
    String receipt = "r".repeat(50_000);
    String pair =
        "BEGIN\ntransaction:t\nreceipt:#\n\n^@ABORT\ntransaction:t\nreceipt:#\n\n^@"
            .replace("#", receipt);
    byte[] answers = ("RECEIPT\nreceipt-id:" + receipt + "\n\n\0").repeat(2).getBytes(UTF_8);
    int pairs = 150;
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Future<?> written =
        writer.submit(
            () -> {
              for (int i = 0; i < pairs; i++) {
                write(socket, pair);
              }
              return pairs;
            });

    for (int i = 0; i < pairs; i++) {
      assertThat(socket.getInputStream().readNBytes(answers.length)).isEqualTo(answers);
    }
    assertThat(written.get()).isEqualTo(pairs);
    writer.shutdown();
  }

  @Test
  void closingTheScriptedBrokerEndsEveryConnection() throws Exception {
    broker.otherwise(new QueueBroker()::serve);
    Socket socket = connected();

    broker.close();

    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void whatPlaysConnectionsWithoutAScriptIsReportedIfItFails() throws Exception {
    broker.otherwise(
        peer -> {
          peer.close();
          throw new IllegalStateException("no such luck");
        });
    broker.onConnection(Peer::close);
    assertThat(connect().getInputStream().read()).isEqualTo(-1);
    broker.assertScriptsDone();
    assertThat(connect().getInputStream().read()).isEqualTo(-1);

    broker.onConnection(Peer::close);

    assertThatThrownBy(broker::assertScriptsDone)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no such luck");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
    socket.setSoTimeout(PATIENCE);
    sockets.add(socket);
    return socket;
  }

  private Socket connected() throws IOException {
    Socket socket = connect();
    write(socket, CONNECT);
    assertThat(readFrame(socket)).startsWith("CONNECTED\n");
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.replace("^@", "\0").getBytes(UTF_8));
  }

  /** Returns a frame without its NUL; its body must not have one. */
  private static String readFrame(Socket socket) throws IOException {
    StringBuilder frame = new StringBuilder();
    int octet = socket.getInputStream().read();
    while (octet > 0) {
      frame.append((char) octet);
      octet = socket.getInputStream().read();
    }
    if (octet < 0) {
      throw new IOException("the broker has closed the connection after: " + frame);
    }
    return frame.toString();
  }

  private static String header(String frame, String name) {
    int start = frame.indexOf("\n" + name + ":") + name.length() + 2;
    return frame.substring(start, frame.indexOf('\n', start));
  }
}
