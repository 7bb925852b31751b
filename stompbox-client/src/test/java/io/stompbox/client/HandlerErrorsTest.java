package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of messages whose handler throws, by policy, and of listeners that throw. */
class HandlerErrorsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Timeouts SOON =
      Timeouts.defaults().withDelivery(Duration.ofMillis(100)).withClose(Duration.ofMillis(300));

  /** Long enough for a frame that comes too early to be seen. */
  private static final int ROUND_TRIPS = 20;

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** What the error listener heard. */
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  private record Heard(String subscription, String text, Throwable cause) {}

  static Stream<Arguments> throwables() {
    return Stream.of(
            new IllegalStateException("on purpose"),
            new Exception("checked"),
            new AssertionError("an error"),
            new StackOverflowError("deep"))
        .flatMap(
            thrown ->
                Stream.of(
                    Arguments.of("1.2", thrown, List.of("NACK 1", "ACK 2")),
                    Arguments.of("1.0", thrown, List.of("ACK 2"))));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void whateverAHandlerThrowsConcernsItsMessageOnly(
      String version, Throwable thrown, List<String> expected) throws Exception {
    List<String> frames = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed(version);
          peer.message(subscribe, "1", "bad");
          peer.message(subscribe, "2", "good");
          for (int i = 0; i < expected.size(); i++) {
            frames.add(told(peer.next().orElseThrow()));
          }
          peer.receiptFor(peer.expect("SEND"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          listening().withId("mine"),
          delivery -> {
            if (delivery.text().equals("bad")) {
              throwAny(thrown);
            }
          });
      await().atMost(LIMIT).until(() -> client.received().messages() == 2);
      assertThat(hear()).isEqualTo(new Heard("mine", "bad", thrown));
      await().atMost(LIMIT).until(() -> frames.size() == expected.size());
      client.sendConfirmed(Outgoing.to("/queue/x").text("the reader lives")).await(LIMIT);

      assertThat(client.received()).isEqualTo(new ReceiveCounts(2, 0, 0, 1, 0, 0));
      broker.assertScriptsDone();
      assertThat(frames).isEqualTo(expected);
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  @Test
  void whatAVirtualMachineThrowsIsReportedAndEndsTheConnection() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          assertThat(peer.next()).isEmpty();
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "the same again");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
        });
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    OutOfMemoryError thrown = new OutOfMemoryError("simulated");
    try (StompClient client = Clients.fast(broker.uri()).onStateChange(changes::add).connect()) {
      client.subscribe(
          "/queue/a",
          listening(),
          delivery -> {
            if (delivery.text().equals("bad")) {
              throw thrown;
            }
          });

      assertThat(hear().cause()).isSameAs(thrown);
      broker.assertScriptsDone();
      assertThat(changes)
          .filteredOn(change -> change.to() == ClientState.RECOVERING)
          .singleElement()
          .satisfies(change -> assertThat(change.cause().orElseThrow()).hasCause(thrown));
    }
  }

  @Test
  void aMessageThatIsLeftIsNeitherAcknowledgedNorRefused() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          peer.message(subscribe, "2", "good");
          assertThat(told(peer.next().orElseThrow())).isEqualTo("ACK 2");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a", listening().with(new ErrorPolicy.Leave()), HandlerErrorsTest::failOnBad);

      broker.assertScriptsDone();
      assertThat(hear().text()).isEqualTo("bad");
    }
  }

  @Test
  void aMessageCannotBeLeftWhereAcknowledgementsAreCumulative() {
    SubscribeOptions batched = SubscribeOptions.defaults().with(Acknowledgement.BATCHED);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> batched.with(new ErrorPolicy.Leave()))
        .withMessageContaining("use AFTER_PROCESSING");
  }

  @Test
  void aForwardedMessageIsAcknowledgedOnceTheCopyIsConfirmedAndNotBefore() throws Exception {
    BlockingQueue<Frame> copies = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.send(
              "MESSAGE\nsubscription:"
                  + subscribe.require("id")
                  + "\nmessage-id:m-1\nack:1\ndestination:/queue/a\nredelivered:true\n"
                  + "expires:1\ncontent-type:text/plain\norder:7\ncontent-length:3\n\nbad^@");
          Frame copy = peer.expect("SEND");
          copies.add(copy);
          // Nothing may come before the receipt, and the frame after it is the ACK.
          for (int i = 0; i < ROUND_TRIPS; i++) {
            peer.receiptFor(peer.expect("SEND"));
          }
          peer.receiptFor(copy);
          assertThat(told(peer.next().orElseThrow())).isEqualTo("ACK 1");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          listening().with(new ErrorPolicy.Forward("/queue/failed")),
          HandlerErrorsTest::failOnBad);
      Frame copy = copies.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      for (int i = 0; i < ROUND_TRIPS; i++) {
        client.sendConfirmed(Outgoing.to("/queue/x").text("meanwhile")).await(LIMIT);
      }
      broker.assertScriptsDone();

      assertThat(copy).isNotNull();
      assertThat(copy.headers().toBuilder().remove("receipt").build())
          .hasToString(
              "[destination:/queue/failed, persistent:true,"
                  + " message-failed:java.lang.IllegalStateException: on purpose, twice,"
                  + " original-destination:/queue/a, original-message-id:m-1,"
                  + " content-type:text/plain, order:7, content-length:3]");
      assertThat(copy.text()).isEqualTo("bad");
      assertThat(hear().text()).isEqualTo("bad");
    }
  }

  @Test
  void aMessageWhoseCopyIsRefusedStaysUnacknowledged() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          String receipt = peer.expect("SEND").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:no such queue\n\n^@");
          assertThat(peer.next()).isEmpty();
        });
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          listening().with(new ErrorPolicy.Forward("/queue/failed")),
          HandlerErrorsTest::failOnBad);

      assertThat(hear().cause().getSuppressed())
          .singleElement()
          .satisfies(why -> assertThat(why).hasMessageContaining("no such queue"));
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
    }
    broker.assertScriptsDone();
  }

  static Stream<Arguments> failuresThatNobodyDecides() {
    return Stream.of(
        Arguments.of(
            "1.2", new ErrorPolicy.Forward("/queue/failed"), List.of("SEND", "UNSUBSCRIBE")),
        Arguments.of("1.0", new ErrorPolicy.Nack(), List.of("UNSUBSCRIBE")));
  }

  @ParameterizedTest
  @MethodSource("failuresThatNobodyDecides")
  void whatHoldsUpCumulativeAcknowledgementsEndsTheSubscription(
      String version, ErrorPolicy policy, List<String> expected) throws Exception {
    List<String> frames = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed(version), "1", "bad");
          for (int i = 0; i < expected.size(); i++) {
            // The copy is never confirmed, though the connection lives.
            frames.add(peer.next().orElseThrow().command().name());
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).timeouts(SOON).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              listening().with(Acknowledgement.BATCHED).with(policy),
              HandlerErrorsTest::failOnBad);
      assertThat(hear().text()).isEqualTo("bad");
      broker.assertScriptsDone();

      assertThat(frames).isEqualTo(expected);
      assertThat(subscription.isOpen()).isFalse();
      assertThat(subscription.failure())
          .get()
          .satisfies(why -> assertThat(why).hasMessageContaining("can't go past a message"));
    }
  }

  @Test
  void aSubscriptionMayStopAtItsFirstFailureAndLeaveTheMessage() throws Exception {
    List<String> frames = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "good");
          peer.message(subscribe, "2", "bad");
          peer.message(subscribe, "3", "never");
          frames.add(told(peer.next().orElseThrow()));
          frames.add(peer.next().orElseThrow().command().name());
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          frames.add(peer.next().orElseThrow().command().name());
        });
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              listening().with(new ErrorPolicy.Stop()),
              delivery -> {
                handled.add(delivery.text());
                failOnBad(delivery);
              });
      assertThat(hear().text()).isEqualTo("bad");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      client.send("/queue/x", "first on the next connection");
      broker.assertScriptsDone();

      assertThat(frames).containsExactly("ACK 1", "UNSUBSCRIBE", "SEND");
      assertThat(handled).containsExactly("good", "bad");
      assertThat(subscription.isOpen()).isFalse();
      assertThat(subscription.failure())
          .containsInstanceOf(SubscriptionStoppedException.class)
          .get()
          .satisfies(failure -> assertThat(failure).hasMessageContaining("on purpose"));
    }
  }

  @Test
  void aMessageThatTheHandlerHasSettledItselfStaysAsItIs() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          assertThat(told(peer.next().orElseThrow())).isEqualTo("ACK 1");
          peer.expect("DISCONNECT");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          listening().with(new ErrorPolicy.Forward("/queue/failed")),
          delivery -> {
            delivery.ack();
            failOnBad(delivery);
          });
      assertThat(hear().text()).isEqualTo("bad");
    }
    broker.assertScriptsDone();
  }

  @Test
  void aListenerThatThrowsKeepsNothingAway() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          peer.message(subscribe, "2", "good");
          assertThat(told(peer.next().orElseThrow())).isEqualTo("NACK 1");
          assertThat(told(peer.next().orElseThrow())).isEqualTo("ACK 2");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults()
              .onError(
                  (subscription, delivery, cause) -> {
                    throw new AssertionError("the listener fails too", cause);
                  }),
          HandlerErrorsTest::failOnBad);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aStateListenerThatThrowsHearsTheNextChangeAllTheSame() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    List<ClientState> told = new CopyOnWriteArrayList<>();
    try (StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(
                change -> {
                  told.add(change.to());
                  throw new AssertionError("the listener fails");
                })
            .connect()) {
      await().atMost(LIMIT).until(() -> told.contains(ClientState.CONNECTED));
      client.close(LIMIT);
    }
    assertThat(told)
        .containsExactly(
            ClientState.CONNECTING,
            ClientState.CONNECTED,
            ClientState.DRAINING,
            ClientState.CLOSED);
  }

  private SubscribeOptions listening() {
    return SubscribeOptions.defaults()
        .onError(
            (subscription, delivery, cause) ->
                heard.add(new Heard(subscription.id(), delivery.text(), cause)));
  }

  private Heard hear() throws InterruptedException {
    return Optional.ofNullable(heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).orElseThrow();
  }

  private static void failOnBad(Delivery delivery) {
    if (delivery.text().equals("bad")) {
      throw new IllegalStateException("on purpose,\ntwice");
    }
  }

  private static void throwAny(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  private static String told(Frame frame) {
    String id = frame.header("id");
    return frame.command() + " " + (id == null ? frame.header("message-id") : id);
  }

  static Stream<ErrorPolicy> policies() {
    return Stream.of(
        new ErrorPolicy.Nack(), new ErrorPolicy.Leave(), new ErrorPolicy.Forward("/queue/failed"));
  }

  static Stream<Arguments> policiesThatEndASubscription() {
    return Stream.of(
        Arguments.of(Acknowledgement.BATCHED, new ErrorPolicy.Forward("/queue/failed")),
        Arguments.of(Acknowledgement.AFTER_PROCESSING, new ErrorPolicy.Stop()),
        Arguments.of(Acknowledgement.BATCHED, new ErrorPolicy.Stop()));
  }

  @ParameterizedTest
  @MethodSource("policiesThatEndASubscription")
  void whatCannotEvenBeAskedForItsTextEndsASubscriptionAllTheSame(
      Acknowledgement mode, ErrorPolicy policy) throws Exception {
    broker.onConnection(peer -> peer.message(peer.subscribed("1.2"), "1", "bad"));
    try (StompClient client = Clients.fast(broker.uri()).timeouts(SOON).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              listening().with(mode).with(policy),
              delivery -> {
                throw new Untold();
              });

      assertThat(hear().text()).isEqualTo("bad");
      assertThat(subscription.failure())
          .get()
          .satisfies(why -> assertThat(why).hasMessageContaining(Untold.class.getName()));
    }
  }

  /** An exception without a text that anybody could log or forward. */
  private static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new AssertionError("on purpose");
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whatCannotEvenBeAskedForItsTextConcernsItsMessageOnly(ErrorPolicy policy) throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          peer.message(subscribe, "2", "good");
          Frame frame = peer.next().orElseThrow();
          while (!told(frame).equals("ACK 2")) {
            if (frame.command().equals(Command.SEND)) {
              assertThat(frame.header("message-failed")).isEqualTo(Untold.class.getName());
              peer.receiptFor(frame);
            }
            frame = peer.next().orElseThrow();
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          listening().with(policy),
          delivery -> {
            if (delivery.text().equals("bad")) {
              throw new Untold();
            }
          });
      broker.assertScriptsDone();

      assertThat(hear().text()).isEqualTo("bad");
    }
  }
}
