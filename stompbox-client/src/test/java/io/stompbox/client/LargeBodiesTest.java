package io.stompbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of messages that are put into files as they arrive. */
class LargeBodiesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);
  private static final String LARGE = "0123456789".repeat(20_000);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("bodies"));
  }

  private StompClientBuilder builder() {
    return Clients.fast(broker.uri()).largeBodies(LargeBodies.in(folder).withAbove(1000));
  }

  /** Sends the beginning of a message whose length is announced, or all of it. */
  private static void announce(Peer peer, Frame subscribe, String id, String body, int sent) {
    peer.send(
        "MESSAGE\nsubscription:"
            + subscribe.require("id")
            + "\nmessage-id:"
            + id
            + "\nack:"
            + id
            + "\ndestination:/queue/a\ncontent-length:"
            + body.length()
            + "\n\n"
            + body.substring(0, sent)
            + (sent == body.length() ? "^@" : ""));
  }

  private static String read(Delivery delivery) throws IOException {
    try (InputStream stream = delivery.stream()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitNoFiles() {
    await().atMost(LIMIT).until(() -> files().isEmpty());
  }

  @ParameterizedTest(name = "announced: {0}")
  @ValueSource(booleans = {true, false})
  void aLargeBodyIsInAFileUntilItsMessageIsProcessed(boolean isAnnounced) throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          if (isAnnounced) {
            announce(peer, subscribe, "1", LARGE, LARGE.length());
          } else {
            peer.message(subscribe, "1", LARGE);
          }
          peer.expect("ACK");
        });
    CompletableFuture<Delivery> handled = new CompletableFuture<>();
    List<Path> during = new CopyOnWriteArrayList<>();
    try (StompClient client = builder().connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            assertThat(read(delivery)).isEqualTo(LARGE);
            assertThat(delivery.bodyLength()).isEqualTo(LARGE.length());
            assertThat(delivery.frame().body().isEmpty()).isTrue();
            during.addAll(files());
            handled.complete(delivery);
          });
      Delivery delivery = handled.get(20, TimeUnit.SECONDS);

      assertThat(during).hasSize(1);
      assertThatThrownBy(delivery::text)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the body of 200000 octets is in a file");
      assertThatThrownBy(delivery::body).isInstanceOf(IllegalStateException.class);
      broker.assertScriptsDone();
      awaitNoFiles();
    }
  }

  @Test
  void smallBodiesStayInMemory() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "small");
          peer.expect("ACK");
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      Delivery small = subscription.receive(LIMIT).orElseThrow();

      assertThat(small.text()).isEqualTo("small");
      assertThat(small.bodyLength()).isEqualTo(5);
      assertThat(read(small)).isEqualTo("small");
      assertThat(files()).isEmpty();
      small.ack();
      broker.assertScriptsDone();
    }
  }

  @Test
  void closingASubscriptionDeletesTheFileOfWhatWasPulledLast() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("UNSUBSCRIBE");
        });
    try (StompClient client = builder().connect()) {
      try (Subscription subscription = client.subscribe("/queue/a")) {
        assertThat(subscription.receive(LIMIT)).isPresent();
        assertThat(files()).hasSize(1);
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void whatTheProgramHasNotSettledLosesItsFileWithItsSubscription() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", LARGE);
          peer.message(subscribe, "2", "small");
          peer.expect("UNSUBSCRIBE");
        });
    BlockingQueue<Delivery> handled = new LinkedBlockingQueue<>();
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a", MANUAL, handled::add);
      Delivery delivery = handled.poll(20, TimeUnit.SECONDS);
      assertThat(handled.poll(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(files()).hasSize(1);

      subscription.close();
      assertThat(files()).isEmpty();
      assertThat(delivery.ack()).isEqualTo(AckResult.STALE);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aSubscriberOfAStreamReadsItsBodyUntilOnNextReturns() throws Exception {
    CompletableFuture<String> read = new CompletableFuture<>();
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("ACK");
        });
    Recorder recorder =
        new Recorder() {
          @Override
          public void onNext(Delivery delivery) {
            try {
              read.complete(read(delivery) + " in " + files().size());
            } catch (IOException e) {
              read.completeExceptionally(e);
            }
          }
        };
    try (StompClient client = builder().connect()) {
      client.flow().messages("/queue/a").subscribe(recorder);
      recorder.subscription().request(1);

      assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(LARGE + " in 1");
      broker.assertScriptsDone();
      awaitNoFiles();
    }
  }

  @Test
  void aLargeReplyKeepsItsFileUntilTheProgramDeletesIt() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          String correlation = peer.expect("SEND").require("correlation-id");
          peer.send(
              "MESSAGE\nsubscription:"
                  + subscribe.require("id")
                  + "\nmessage-id:1\ncorrelation-id:"
                  + correlation
                  + "\n\n"
                  + LARGE
                  + "^@");
        });
    try (StompClient client = builder().connect()) {
      Delivery reply = client.request(Outgoing.to("/queue/service").text("all of it"), LIMIT);

      assertThat(read(reply)).isEqualTo(LARGE);
      assertThat(files()).hasSize(1);
      reply.deleteBody();
      assertThat(files()).isEmpty();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aMessageThatTheProgramSettlesLaterKeepsItsFileUntilThen() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", LARGE);
          peer.message(subscribe, "2", "small");
          peer.expect("ACK");
        });
    BlockingQueue<Delivery> handled = new LinkedBlockingQueue<>();
    try (StompClient client = builder().connect()) {
      client.subscribe("/queue/a", MANUAL, handled::add);
      Delivery delivery = handled.poll(20, TimeUnit.SECONDS);
      // One handler at a time: that of the first has returned.
      assertThat(handled.poll(20, TimeUnit.SECONDS)).isNotNull();

      assertThat(read(delivery)).isEqualTo(LARGE);
      delivery.ack();
      awaitNoFiles();
      assertThatThrownBy(delivery::stream)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("the file of the body is deleted");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aMessageThatIsSettledWhileItsHandlerRunsKeepsItsFileUntilThat() throws Exception {
    CountDownLatch settled = new CountDownLatch(1);
    CompletableFuture<String> read = new CompletableFuture<>();
    BlockingQueue<Delivery> handled = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("ACK");
        });
    try (StompClient client = builder().connect()) {
      client.subscribe(
          "/queue/a",
          MANUAL,
          delivery -> {
            handled.add(delivery);
            assertThat(settled.await(20, TimeUnit.SECONDS)).isTrue();
            read.complete(read(delivery));
          });
      handled.poll(20, TimeUnit.SECONDS).ack();
      settled.countDown();

      assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(LARGE);
      awaitNoFiles();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aHandlerThatCommitsCanReadOnUntilItReturns() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("BEGIN");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("COMMIT"));
        });
    assertThat(readByHandler(MANUAL, Transaction::commit)).isEqualTo(LARGE);
  }

  @Test
  void aHandlerThatAbortsAndSettlesItCanReadOnUntilItReturns() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("BEGIN");
          peer.expect("ACK");
          peer.expect("ABORT");
          peer.expect("ACK");
        });
    assertThat(readByHandler(SubscribeOptions.defaults(), Transaction::abort)).isEqualTo(LARGE);
  }

  /** What a handler reads after it has ended a transaction in which it acknowledged. */
  private String readByHandler(SubscribeOptions options, Consumer<Transaction> end)
      throws Exception {
    CompletableFuture<String> read = new CompletableFuture<>();
    try (StompClient client = builder().connect()) {
      client.subscribe(
          "/queue/a",
          options,
          delivery -> {
            try (Transaction transaction = client.begin()) {
              transaction.ack(delivery);
              end.accept(transaction);
              if (delivery.settlement() == null) {
                delivery.ack();
              }
              read.complete(read(delivery));
            } catch (RuntimeException | IOException e) {
              read.completeExceptionally(e);
            }
          });
      String octets = read.get(20, TimeUnit.SECONDS);
      awaitNoFiles();
      broker.assertScriptsDone();
      return octets;
    }
  }

  @Test
  void aMessageAcknowledgedInATransactionKeepsItsBodyWhileThatMayBeUndone() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", LARGE);
          peer.message(subscribe, "2", "small");
          peer.expect("BEGIN");
          peer.expect("ACK");
          peer.expect("ABORT");
          peer.expect("ACK");
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a", MANUAL);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      try (Transaction transaction = client.begin()) {
        transaction.ack(delivery);
        assertThat(subscription.receive(LIMIT)).isPresent();
        transaction.abort();
      }

      assertThat(read(delivery)).isEqualTo(LARGE);
      delivery.ack();
      assertThat(files()).isEmpty();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aBodyThatIsCutIsForgottenAndComesAgain() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          announce(peer, peer.subscribed("1.2"), "1", LARGE, 150_000);
          assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          announce(peer, peer.subscribed("1.2"), "1", LARGE, LARGE.length());
          peer.expect("ACK");
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      await().atMost(LIMIT).until(() -> files().size() == 1);
      Path first = files().get(0);
      cut.countDown();
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      assertThat(read(delivery)).isEqualTo(LARGE);
      assertThat(files()).hasSize(1).doesNotContain(first);
      delivery.ack();
      broker.assertScriptsDone();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatALostConnectionLeftWaitingIsDeleted() throws Exception {
    CountDownLatch lose = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", LARGE);
          peer.message(subscribe, "2", LARGE);
          assertThat(lose.await(20, TimeUnit.SECONDS)).isTrue();
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
        });
    CompletableFuture<String> read = new CompletableFuture<>();
    CountDownLatch lost = new CountDownLatch(1);
    try (StompClient client = builder().connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            lose.countDown();
            assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
            read.complete(read(delivery));
          });
      await().atMost(LIMIT).until(() -> client.epoch() == 2 && files().size() == 1);
      lost.countDown();

      assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(LARGE);
      awaitNoFiles();
      broker.assertScriptsDone();
    }
  }

  @Test
  void whatNobodyTakesIsDeletedWhenTheSubscriptionOrTheClientIsClosed() throws Exception {
    broker.onConnection(
        peer -> {
          Frame first = peer.subscribed("1.2");
          peer.message(first, "1", LARGE);
          Frame second = Clients.subscribed(peer);
          peer.message(second, "2", LARGE);
          peer.expect("UNSUBSCRIBE");
          peer.message(first, "3", LARGE);
        });
    try (StompClient client = builder().connect()) {
      Subscription first = client.subscribe("/queue/a");
      client.subscribe("/queue/b");
      await().atMost(LIMIT).until(() -> files().size() == 2);

      first.close();
      broker.assertScriptsDone();
      await().atMost(LIMIT).until(() -> client.received().unrouted() == 1 && files().size() == 1);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatTakesNothingEndsTheClientOnTheThirdConnection() throws Exception {
    broker.otherwise(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expectEnd();
        });
    try (StompClient client = builder().connect()) {
      Files.delete(folder);
      Subscription subscription = client.subscribe("/queue/a");

      assertThatThrownBy(() -> subscription.receive(LIMIT))
          .isInstanceOf(BodyStorageException.class)
          .hasMessageContaining("3 connections in a row")
          .hasMessageContaining("the folder " + folder + " does not take the body of MESSAGE")
          .hasMessageContaining("make room there");
      assertThat(client.state()).isEqualTo(ClientState.FAILED);
    }
  }

  @Test
  void aFolderThatComesBackInTimeCostsAConnectionOnly() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE.substring(0, 2000));
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          Files.createDirectory(folder);
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("ACK");
        });
    try (StompClient client = builder().connect()) {
      Files.delete(folder);
      Delivery delivery = client.subscribe("/queue/a").receive(LIMIT).orElseThrow();

      assertThat(read(delivery)).isEqualTo(LARGE);
      delivery.ack();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aBodyBeyondTheLimitForFilesIsAFaultOfTheBroker() throws Exception {
    broker.otherwise(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expectEnd();
        });
    LargeBodies small = LargeBodies.in(folder).withAbove(1000).withMost(LARGE.length() - 1);
    try (StompClient client = builder().largeBodies(small).connect()) {
      Subscription subscription = client.subscribe("/queue/a");

      assertThatThrownBy(() -> subscription.receive(LIMIT))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("3 connections in a row")
          .hasMessageContaining("LargeBodies.withMost allows larger ones");
      awaitNoFiles();
    }
  }

  @Test
  void theClientReadsNoFurtherWhileItsFilesAreFull() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          announce(peer, subscribe, "1", LARGE, LARGE.length());
          announce(peer, subscribe, "2", LARGE, LARGE.length());
          peer.receiptFor(peer.expect("SEND"));
          peer.expect("ACK");
          peer.expect("ACK");
        });
    LargeBodies one = LargeBodies.in(folder).withAbove(1000).withAll(LARGE.length());
    try (StompClient client = builder().largeBodies(one).connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      Confirmation behind = client.sendConfirmed(Outgoing.to("/queue/b").text("behind"));
      Delivery first = subscription.receive(LIMIT).orElseThrow();

      assertThat(read(first)).isEqualTo(LARGE);
      assertThat(files()).hasSize(1);
      assertThat(behind.isDone()).isFalse();
      Delivery second = subscription.receive(LIMIT).orElseThrow();
      assertThat(read(second)).isEqualTo(LARGE);
      assertThat(files()).hasSize(1);
      behind.await(LIMIT);
      second.ack();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aLargeErrorStaysInMemoryWithinTheLimitForThat() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SEND").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:no\n\n" + LARGE + "^@");
          peer.expectEnd();
        });
    broker.onConnection(peer -> peer.handshake("1.2"));
    try (StompClient client = builder().connect()) {
      Confirmation refused = client.sendConfirmed(Outgoing.to("/queue/a").text("it"));

      assertThatThrownBy(() -> refused.await(LIMIT))
          .isInstanceOfSatisfying(
              BrokerErrorException.class, e -> assertThat(e.frame().text()).isEqualTo(LARGE));
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFailedMessageIsForwardedWithItsBodyBeforeTheFileIsDeleted() throws Exception {
    List<String> copies = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          Frame copy = peer.expect("SEND");
          copies.add(copy.require("destination") + " " + copy.text().equals(LARGE));
          peer.receiptFor(copy);
          peer.expect("ACK");
        });
    SubscribeOptions forwarding =
        SubscribeOptions.defaults().with(new ErrorPolicy.Forward("/queue/failed"));
    try (StompClient client = builder().connect()) {
      client.subscribe(
          "/queue/a",
          forwarding,
          delivery -> {
            throw new IllegalStateException("not today");
          });

      broker.assertScriptsDone();
      assertThat(copies).containsExactly("/queue/failed true");
      awaitNoFiles();
    }
  }

  @Test
  void aMessageWhoseTransactionWasAbortedKeepsItsBodyUntilItIsSettled() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", LARGE);
          peer.expect("BEGIN");
          assertThat(peer.expect("ACK").headers().has("transaction")).isTrue();
          peer.expect("ABORT");
          assertThat(peer.expect("ACK").headers().has("transaction")).isFalse();
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      try (Transaction transaction = client.begin()) {
        transaction.ack(delivery);
        transaction.abort();
      }

      delivery.ack();
      assertThat(read(delivery)).isEqualTo(LARGE);
      broker.assertScriptsDone();
      assertThat(subscription.receive(Duration.ofMillis(1))).isEmpty();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aLimitForMemoryBelowTheThresholdMovesTheThreshold() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "x".repeat(501));
          peer.expect("ACK");
        });
    ConnectOptions little = ConnectOptions.defaults().with(DecoderLimits.defaults().withBody(500));
    try (StompClient client = builder().connect(little).connect()) {
      Delivery delivery = client.subscribe("/queue/a").receive(LIMIT).orElseThrow();

      assertThat(delivery.bodyLength()).isEqualTo(501);
      assertThat(files()).hasSize(1);
      delivery.ack();
      broker.assertScriptsDone();
    }
  }
}
