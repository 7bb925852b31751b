package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that are read while they are sent. */
class BodySourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Some pieces of the writer's, and a part of one, with every octet there is. */
  private static final byte[] LARGE = octets(300_001);

  private static final BodySource SOURCE =
      new BodySource(LARGE.length, () -> new ByteArrayInputStream(LARGE));

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @TempDir private Path folder;

  private static byte[] octets(int count) {
    byte[] octets = new byte[count];
    for (int i = 0; i < count; i++) {
      octets[i] = (byte) (i * 31 + i / 251);
    }
    return octets;
  }

  private static Outgoing message(BodySource source) {
    return Outgoing.to("/queue/large").body(source);
  }

  private static byte[] bodyOf(Frame frame) {
    return frame.body().toBytes();
  }

  /** What can be wrong with a source, and what is said of it. */
  enum Fault {
    SHORT("has 200000 octets instead of 300001 octets") {
      @Override
      InputStream open() {
        return new ByteArrayInputStream(LARGE, 0, 200_000);
      }
    },
    LONG("has more instead of 300001 octets") {
      @Override
      InputStream open() {
        return new SequenceInputStream(
            new ByteArrayInputStream(LARGE), new ByteArrayInputStream(new byte[1]));
      }
    },
    THROWING("failed after 100000 of 300001 octets: java.io.IOException: the disk is gone") {
      @Override
      InputStream open() {
        return new SequenceInputStream(new ByteArrayInputStream(LARGE, 0, 100_000), failing());
      }
    };

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }

    abstract InputStream open();

    BodySource source() {
      return new BodySource(LARGE.length, this::open);
    }
  }

  @SuppressWarnings("InputStreamSlowMultibyteRead") // nothing is read from it
  private static InputStream failing() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the disk is gone");
      }
    };
  }

  @Test
  void aFileIsSentAsItIs() throws Exception {
    Path file = Files.write(folder.resolve("large"), LARGE);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame frame = peer.expect("SEND");
          assertThat(frame.headers().values("content-length")).containsExactly("300001");
          assertThat(frame.header("destination")).isEqualTo("/queue/large");
          assertThat(bodyOf(frame)).isEqualTo(LARGE);
          peer.receiptFor(frame);
          assertThat(peer.expect("SEND").text()).isEqualTo("small");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation large = client.sendConfirmed(message(BodySource.of(file)));
      client.send("/queue/small", "small");

      large.await(LIMIT);
      broker.assertScriptsDone();
    }
  }

  @Test
  void anEmptySourceIsAnEmptyBody() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame frame = peer.expect("SEND");
          assertThat(frame.header("content-length")).isEqualTo("0");
          assertThat(frame.body().isEmpty()).isTrue();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.send(message(new BodySource(0, InputStream::nullInputStream)));

      broker.assertScriptsDone();
    }
  }

  @Test
  void aBodyThatWasCutIsSentAgainWholeAndInItsPlace() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    CountDownLatch goOn = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame large = peer.expect("SEND");
          assertThat(bodyOf(large)).isEqualTo(LARGE);
          Frame last = peer.expect("SEND");
          assertThat(last.text()).isEqualTo("last");
          peer.receiptFor(large);
          peer.receiptFor(last);
        });
    BodySource cut =
        new BodySource(
            LARGE.length,
            () -> {
              if (opened.incrementAndGet() > 1) {
                return new ByteArrayInputStream(LARGE);
              }
              return new SequenceInputStream(
                  new ByteArrayInputStream(LARGE, 0, 150_000), blocked(goOn));
            });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a").text("first")).await(LIMIT);
      Confirmation large = client.sendConfirmed(message(cut));
      Confirmation last = client.sendConfirmed(Outgoing.to("/queue/a").text("last"));

      large.await(LIMIT);
      last.await(LIMIT);
      assertThat(opened).hasValue(2);
      assertThat(large.outcome()).contains(new Outcome.Confirmed(2, 2, true));
      broker.assertScriptsDone();
    }
  }

  /** Lets the connection be cut once it is read, and waits until the client gives it up. */
  @SuppressWarnings("InputStreamSlowMultibyteRead") // nothing is read from it
  private static InputStream blocked(CountDownLatch reached) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        reached.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IOException("interrupted", e);
        }
        return -1;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatFailsHalfWayCostsItsConnectionAndNoOtherMessage(Fault fault) throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").text()).isEqualTo("before");
          assertThatThrownBy(peer::next).isInstanceOf(AssertionError.class);
        });
    List<String> bodies = new CopyOnWriteArrayList<>();
    broker.onConnection(peer -> confirmTwo(peer, bodies));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation before = client.sendConfirmed(Outgoing.to("/queue/a").text("before"));
      Confirmation broken = client.sendConfirmed(message(fault.source()));
      Confirmation after = client.sendConfirmed(Outgoing.to("/queue/a").text("after"));

      assertThatExceptionOfType(ConnectionLostException.class)
          .isThrownBy(() -> broken.await(LIMIT))
          .withMessageContaining("the body of the SEND to /queue/large " + fault.reason)
          .matches(e -> e.sent() == ConnectionLostException.Sent.NOT_SENT);
      assertThat(broken.outcome().orElseThrow()).isInstanceOf(Outcome.NotSent.class);
      before.await(LIMIT);
      after.await(LIMIT);
      assertThat(bodies).containsExactly("before", "after");
      assertThat(client.epoch()).isEqualTo(2);
    }
  }

  private static void confirmTwo(Peer peer, List<String> bodies) throws Exception {
    peer.handshake("1.2");
    for (int i = 0; i < 2; i++) {
      Frame frame = peer.expect("SEND");
      bodies.add(frame.text());
      peer.receiptFor(frame);
    }
  }

  @Test
  void aSourceThatCannotBeOpenedCostsNoConnection() throws Exception {
    Path file = Files.write(folder.resolve("changed"), LARGE);
    Outgoing changed = message(BodySource.of(file));
    Files.write(file, new byte[10]);
    List<String> bodies = new CopyOnWriteArrayList<>();
    broker.onConnection(peer -> confirmTwo(peer, bodies));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation before = client.sendConfirmed(Outgoing.to("/queue/a").text("before"));
      client.send(changed);
      Confirmation broken = client.sendConfirmed(changed);
      Confirmation after = client.sendConfirmed(Outgoing.to("/queue/a").text("after"));

      assertThatThrownBy(() -> broken.await(LIMIT))
          .hasMessageContaining("has 10 octets, but had 300001 when the message was made");
      before.await(LIMIT);
      after.await(LIMIT);
      assertThat(client.epoch()).isEqualTo(1);
      assertThat(client.sends().notSent()).isEqualTo(2);
    }
  }

  @Test
  void aTransactionWhoseBodyFailsIsRolledBack() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expectEnd();
        });
    broker.onConnection(peer -> peer.handshake("1.2"));
    BodySource unreadable =
        new BodySource(
            1,
            () -> {
              throw new IOException("no such disk");
            });
    try (StompClient client = Clients.fast(broker.uri()).connect();
        Transaction transaction = client.begin()) {
      transaction.send(message(unreadable));

      assertThatThrownBy(transaction::commit).isInstanceOf(TransactionRolledBackException.class);
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aTransactionMayHaveALargeBody() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String id = peer.expect("BEGIN").require("transaction");
          Frame frame = peer.expect("SEND");
          assertThat(frame.header("transaction")).isEqualTo(id);
          assertThat(bodyOf(frame)).isEqualTo(LARGE);
          peer.receiptFor(peer.expect("COMMIT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect();
        Transaction transaction = client.begin()) {
      transaction.send(message(SOURCE));
      transaction.commit();
    }
    broker.assertScriptsDone();
  }

  @Test
  void aBodyThatIsReadLaterIsNotShownAsOneThatIsHere() {
    Outgoing message = message(SOURCE);

    assertThat(message.source()).contains(SOURCE);
    assertThat(message).hasToString(message.headers() + " 300001 octets");
    assertThatThrownBy(message::body)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is read while it is sent");
    assertThat(message.text("here").body().text()).isEqualTo("here");
  }

  @Test
  void contentLengthCannotBeLeftOut() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").header("content-length")).isEqualTo("300001");
        });
    try (StompClient client =
        Clients.fast(broker.uri()).contentLength(ContentLength.OMITTED).connect()) {
      assertThatThrownBy(() -> client.send(message(SOURCE).with(ContentLength.OMITTED)))
          .isInstanceOf(IllegalFrameException.class)
          .hasMessageContaining("content-length can't be left out");
      client.send(message(SOURCE));
      broker.assertScriptsDone();
    }
  }

  @Test
  void aBodyThatTheBrokerWouldNotTakeIsRefusedBeforeItIsRead() throws Exception {
    broker.onConnection(peer -> peer.handshake("1.2"));
    BrokerProfile small = BrokerProfile.GENERIC.with(new FrameLimits(100, 1000, LARGE.length - 1));
    try (StompClient client = Clients.fast(broker.uri()).profile(small).connect()) {
      assertThatThrownBy(() -> client.send(message(SOURCE)))
          .isInstanceOf(IllegalFrameException.class)
          .hasMessageContaining("has a body of 300001 octets");
    }
  }
}
