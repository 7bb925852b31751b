package io.stompbox.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.cli.message.ReplyCommand;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ErrorPolicy;
import io.stompbox.client.Outgoing;
import io.stompbox.client.Replies;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.FaultProxy;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** Requests and their replies, with each broker. */
class RequestReplyTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String service = "/queue/" + BROKERS.newName("service");

  @EachBroker
  void eachRequestGetsTheReplyToItself(BrokerUnderTest broker) throws Exception {
    try (StompClient server = broker.connect(Version.V1_2);
        StompClient client = broker.connect(Version.V1_2)) {
      server.reply(
          service,
          SubscribeOptions.defaults().concurrency(4),
          request -> request.reply().text("re: " + request.text()));
      List<FutureTask<String>> replies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String question = "question " + i;
        replies.add(
            started(() -> client.request(Outgoing.to(service).text(question), LIMIT).text()));
      }
      for (int i = 0; i < replies.size(); i++) {
        assertThat(replies.get(i).get()).isEqualTo("re: question " + i);
      }
      assertThat(client.received().unrouted()).isZero();
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  @EachBroker
  void requestsAreAnsweredOnTheNextConnectionToo(BrokerUnderTest broker) throws Exception {
    try (FaultProxy proxy = broker.newProxy();
        StompClient server = broker.connect(Version.V1_2);
        StompClient client = broker.connect(proxy)) {
      server.reply(service, request -> request.reply().text("re: " + request.text()));
      assertThat(client.request(Outgoing.to(service).text("1"), LIMIT).text()).isEqualTo("re: 1");
      proxy.cut();

      assertThat(requestUntilAnswered(client, "2")).isEqualTo("re: 2");
      assertThat(client.epoch()).isEqualTo(2);
    }
  }

  /** The first may be sent before the client has heard of the loss. */
  private String requestUntilAnswered(StompClient client, String text) throws Exception {
    try {
      return client.request(Outgoing.to(service).text(text), LIMIT).text();
    } catch (ConnectionLostException lost) {
      return client.request(Outgoing.to(service).text(text), LIMIT).text();
    }
  }

  @EachBroker
  void aReplyComesAfterALossOrTheRequestFailsAtOnce(BrokerUnderTest broker) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    try (FaultProxy proxy = broker.newProxy();
        StompClient server = broker.connect(Version.V1_2);
        StompClient client = broker.connect(proxy)) {
      server.reply(
          service,
          request -> {
            asked.countDown();
            lost.await();
            return request.reply().text("late");
          });
      FutureTask<String> reply =
          started(() -> client.request(Outgoing.to(service).text("x"), LIMIT).text());
      asked.await();
      // Brokers answer in order, so the receipt of the request has come by then.
      client.sendConfirmed(Outgoing.to(service + "-mark")).await(LIMIT);
      proxy.cut();
      client.sendConfirmed(Outgoing.to(service + "-mark")).await(LIMIT);
      lost.countDown();

      if (client.profile().replies().kind() == Replies.Kind.SHARED) {
        assertThat(reply.get()).isEqualTo("late");
      } else {
        assertThatThrownBy(reply::get)
            .hasCauseInstanceOf(ConnectionLostException.class)
            .hasMessageContaining("the reply to a request to " + service + " was to come on");
      }
    }
  }

  @EachBroker
  void aRequestThatNobodyAnswersEndsAtItsLimit(BrokerUnderTest broker) {
    try (StompClient client = broker.connect(Version.V1_2)) {
      assertThatThrownBy(
              () -> client.request(Outgoing.to(service).text("x"), Duration.ofMillis(500)))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessageContaining("no reply to a request to " + service + " within 500ms");
    }
  }

  /**
   * ActiveMQ Classic refuses a reply to a queue that has gone, and RabbitMQ one to an exchange that
   * it does not have. RabbitMQ names no frame in its errors, so the client has to find out.
   */
  @EachBroker
  void aRequestWhoseReplyIsRefusedIsAnsweredOnceAndForwarded(BrokerUnderTest broker)
      throws Exception {
    askAndLeave(broker);
    AtomicInteger answers = new AtomicInteger();
    SubscribeOptions forwarding =
        SubscribeOptions.defaults().with(new ErrorPolicy.Forward(service + "-failed"));
    try (FaultProxy proxy = broker.newProxy();
        StompClient server = broker.connect(proxy);
        StompClient other = broker.connect(Version.V1_2)) {
      Subscription failed = other.subscribe(service + "-failed");
      server.reply(
          service,
          forwarding,
          request -> {
            answers.incrementAndGet();
            return request.reply().text("re: " + request.text());
          });
      if (broker.kind() == BrokerKind.ACTIVEMQ || broker.kind() == BrokerKind.RABBITMQ) {
        assertThat(failed.receive(LIMIT).orElseThrow().text()).isEqualTo("x");
      }
      // In its turn, so that the other request is over.
      assertThat(other.request(Outgoing.to(service).text("y"), LIMIT).text()).isEqualTo("re: y");

      assertThat(answers).hasValue(2);
      assertThat(server.epoch()).isEqualTo(connectionsFor(broker.kind()));
    }
    assertThat(broker.drain(service)).isEmpty();
  }

  private static int connectionsFor(BrokerKind kind) {
    return switch (kind) {
      case ACTIVEMQ -> 2;
      case RABBITMQ -> 5;
      default -> 1;
    };
  }

  private void askAndLeave(BrokerUnderTest broker) throws Exception {
    Outgoing question = Outgoing.to(service).persistent().text("x");
    try (StompClient asker = broker.connect(Version.V1_2)) {
      if (broker.kind() == BrokerKind.RABBITMQ) {
        Outgoing nowhere = question.header("reply-to", "/exchange/none/x");
        asker.sendConfirmed(nowhere.header("correlation-id", "c")).await(LIMIT);
      } else {
        assertThatThrownBy(() -> asker.request(question, Duration.ofMillis(50)))
            .isInstanceOf(StompTimeoutException.class);
      }
    }
  }

  /** ActiveMQ Classic refuses a reply to a queue that has gone; the others take it. */
  @EachBroker
  void commandThatAnswersHandlesOnceWhatSomebodyAskedWhoHasLeft(BrokerUnderTest broker)
      throws Exception {
    try (StompClient asker = broker.connect(Version.V1_2)) {
      assertThatThrownBy(() -> asker.request(Outgoing.to(service).text("x"), Duration.ofMillis(50)))
          .isInstanceOf(StompTimeoutException.class);
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status = reply(err, "-s", broker.uri(), service, "--echo", "-c", "1", "--wait", "30s");

    ExitCode expected = broker.kind() == BrokerKind.ACTIVEMQ ? ExitCode.PARTLY_DONE : ExitCode.OK;
    assertThat(status).as(err.toString(UTF_8)).isEqualTo(expected.number());
    assertThat(broker.drain(service)).isEmpty();
  }

  private static int reply(ByteArrayOutputStream err, String... arguments) {
    Environment environment =
        new Environment(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            new Terminal(Set.of(), prompt -> Optional.empty(), OptionalInt::empty));
    return new CommandLine(new ReplyCommand(environment)).execute(arguments);
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    return task;
  }
}
