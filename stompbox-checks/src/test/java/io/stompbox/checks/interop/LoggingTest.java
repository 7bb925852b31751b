package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client says in the log, with the logging that every JDK has. */
class LoggingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Logger LOGGER = Logger.getLogger("io.stompbox");

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final Records records = new Records();
  private final List<StateChange> changes = new CopyOnWriteArrayList<>();

  @BeforeEach
  void capture() {
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(records);
  }

  @AfterEach
  void release() {
    LOGGER.removeHandler(records);
    LOGGER.setUseParentHandlers(true);
    LOGGER.setLevel(null);
    broker.close();
  }

  @Test
  void noPasscodeIsEverLogged() throws Exception {
    LOGGER.setLevel(Level.ALL);
    String uri = "stomp://me:s3cret@127.0.0.1:" + broker.port();

    makeNoise(uri);
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:go away\n\n^@");
          peer.expectEnd();
        });
    assertThatThrownBy(() -> StompClient.connect(uri)).isInstanceOf(BrokerErrorException.class);

    assertThat(records.texts)
        .anyMatch(text -> text.contains("to=RECOVERING"))
        .anyMatch(text -> text.contains("no subscription for MESSAGE"))
        .anyMatch(text -> text.contains("go away"))
        .noneMatch(text -> text.contains("s3cret"));
  }

  @Test
  void eachFrameIsALineWithoutItsBodyWhereTheProgramWantsThem() throws Exception {
    Logger frames = Logger.getLogger("io.stompbox.client.frames");
    frames.setLevel(Level.FINER);
    try {
      makeNoise("stomp://me:s3cret@127.0.0.1:" + broker.port());
    } finally {
      frames.setLevel(null);
    }
    assertThat(records.texts)
        .anyMatch(text -> text.matches("(?s).*: connection 1 sends CONNECT .*login:\\*\\*\\*.*"))
        .anyMatch(text -> text.contains(": connection 2 received MESSAGE [subscription:s-1"))
        .noneMatch(text -> text.contains("s3cret"));
  }

  @Test
  void theProgramDecidesHowMuchIsLogged() throws Exception {
    LOGGER.setLevel(Level.WARNING);

    makeNoise(broker.uri());

    assertThat(records.texts)
        .singleElement()
        .asString()
        .contains("the handler of subscription", "on purpose");
  }

  /** Loses a connection, gets a message that nobody waits for, and fails to handle another. */
  private void makeNoise(String uri) throws InterruptedException {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.send("MESSAGE\nsubscription:nobody\nmessage-id:1\ndestination:/queue/b\n\n^@");
          peer.message(subscribe, "2", "x");
          peer.expect("NACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = StompClient.builder(uri).onStateChange(changes::add).connect();
    await().atMost(LIMIT).until(() -> client.epoch() == 2);
    client.subscribe(
        "/queue/a",
        delivery -> {
          throw new IllegalStateException("on purpose");
        });
    await().atMost(LIMIT).until(() -> client.received().handlerFailures() == 1);
    client.close();
    broker.assertScriptsDone();
    await()
        .atMost(LIMIT)
        .until(() -> changes.stream().anyMatch(change -> change.to() == ClientState.CLOSED));
  }

  /** Everything that is logged, as text with its stack traces. */
  private static final class Records extends Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord logRecord) {
      texts.add(new SimpleFormatter().format(logRecord));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }
}
