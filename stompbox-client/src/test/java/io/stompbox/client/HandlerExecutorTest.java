package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.listener.EventSink;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the program's code runs when the program gives threads for it. */
class HandlerExecutorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<String> handlers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> others = new LinkedBlockingQueue<>();

  private void handleTwo(Executor executor) throws InterruptedException {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
          peer.message(subscribe, "2", "x");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    EventSink sink = event -> others.add(name());
    try (StompClient client =
        StompClient.builder(broker.uri())
            .handlerExecutor(executor)
            .onStateChange(change -> others.add(name()))
            .listener("threads", sink)
            .connect()) {
      client.subscribe("/queue/a", delivery -> handlers.add(name()));
      for (int i = 0; i < 2; i++) {
        others.add(Objects.requireNonNull(handlers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)));
      }
    }
    broker.assertScriptsDone();
  }

  private static String name() {
    return Thread.currentThread().getName();
  }

  @Test
  void handlersAndListenersRunOnItAndItIsNotShutDown() throws Exception {
    ExecutorService mine = Executors.newCachedThreadPool(task -> new Thread(task, "mine"));
    try {
      handleTwo(mine);

      assertThat(others).isNotEmpty().containsOnly("mine");
      assertThat(mine.isShutdown()).isFalse();
    } finally {
      mine.shutdown();
    }
  }

  static Stream<Named<Executor>> unsuitable() {
    return Stream.of(
        Named.of("runs tasks on the calling thread", Runnable::run),
        Named.of(
            "refuses",
            task -> {
              throw new RejectedExecutionException("on purpose");
            }));
  }

  @ParameterizedTest
  @MethodSource("unsuitable")
  void whatItCanNotRunGetsAThreadOfTheClients(Executor unsuitable) throws Exception {
    handleTwo(unsuitable);

    assertThat(others)
        .isNotEmpty()
        .allMatch(name -> name.startsWith("stompbox-handler"), "has a thread of the client's");
  }

  @Test
  void oneThreadIsEnoughForHandlersThatEnd() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    try {
      handleTwo(one);
      assertThat(List.copyOf(others)).containsOnly("mine");
    } finally {
      one.shutdown();
    }
  }
}
