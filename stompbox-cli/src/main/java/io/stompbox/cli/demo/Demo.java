package io.stompbox.cli.demo;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.ClientState;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.FaultProxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages through a connection that is cut in the middle, receives them all, and runs
 * transactions. What it tells, it has seen; what it counts are bodies of messages.
 */
final class Demo {
  static final String QUEUE = "/queue/stompbox.demo";
  private static final String END = "the end";

  /** How often the progress is shown. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** How long the missing may lag behind the end, which was sent when all were confirmed. */
  private static final Duration LAST_CALL = Duration.ofSeconds(2);

  private final int messages;
  private final Duration limit;
  private final DemoStory story;
  private final DemoLedger ledger = new DemoLedger();

  /** In nanoTime. */
  private volatile long sendingSince = System.nanoTime();

  /** From the first send to the last message received. */
  private volatile @Nullable Duration taken;

  /** In nanoTime. */
  private volatile long cutAt;

  Demo(int messages, Duration limit, DemoStory story) {
    this.messages = messages;
    this.limit = limit;
    this.story = story;
  }

  int messages() {
    return messages;
  }

  Duration limit() {
    return limit;
  }

  /**
   * Plays the demo and tells it.
   *
   * @param brokers starts the broker
   * @throws Failure if a message was lost, or something that should be seen was not
   */
  ExitCode run(Supplier<EmbeddedBroker> brokers) throws InterruptedException {
    story.line(
        "Stompbox sends %,d messages through a connection that is cut on the way.", messages);
    story.line("");
    FutureTask<Void> play = start("stompbox-demo", () -> play(brokers));
    Throwable trouble = null;
    try {
      play.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      trouble = new TimeoutException("it took longer than " + DurationConverter.text(limit));
    } catch (ExecutionException e) {
      trouble = e.getCause();
    } finally {
      play.cancel(true);
    }
    DemoTally tally = ledger.tally();
    if (trouble instanceof TimeoutException) {
      story.line("");
      story.line(
          "Cut short by --limit %s: the figures are those of this moment.",
          DurationConverter.text(limit));
    }
    tellSummary(tally);
    judge(DemoVerdict.of(messages, tally, story.seen()), trouble);
    return ExitCode.OK;
  }

  private void judge(DemoVerdict verdict, @Nullable Throwable trouble) {
    story.checkReader();
    if (verdict.isPassed() && trouble == null) {
      story.line("Every step was seen, and no message was lost.");
      return;
    }
    String faults = String.join("; ", verdict.faults());
    throw new Failure(
        ExitCode.UNEXPECTED,
        "the demo failed: " + (faults.isEmpty() ? "it was stopped" : faults),
        trouble == null ? List.of() : List.of("reason: " + reasonOf(trouble)),
        trouble);
  }

  private static @Nullable String reasonOf(Throwable trouble) {
    return trouble instanceof TimeoutException
        ? trouble.getMessage()
        : Failure.of(trouble).getMessage();
  }

  private @Nullable Void play(Supplier<EmbeddedBroker> brokers) throws Exception {
    try (EmbeddedBroker broker = brokers.get();
        FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port())) {
      story.seen(DemoStep.BROKER_STARTED, "ActiveMQ Classic in this process, " + broker.uri());
      story.seen(DemoStep.PROXY_STARTED, proxy.uri() + ", between client and broker");
      int connections;
      try (StompClient client = connect(proxy)) {
        exchange(client, proxy);
        new DemoTransactions(story).play(client, broker);
        connections = client.epoch();
      }
      lookForLeftovers(broker, connections);
    }
    return null;
  }

  private StompClient connect(FaultProxy proxy) {
    StompClient client = StompClient.builder(proxy.uri()).onStateChange(this::heard).connect();
    Agreement agreement = client.agreement();
    story.seen(
        DemoStep.CONNECTED,
        "STOMP %s, agreed with %s; connection %d",
        agreement.version(),
        agreement.server().orElse("?"),
        client.epoch());
    return client;
  }

  private void heard(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      story.seen(DemoStep.LOST, "%s; the client connects again by itself", reason(change));
    } else if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cutAt);
      story.seen(DemoStep.RECOVERED, "connection %d, %d ms after the cut", change.epoch(), millis);
    }
  }

  private static String reason(StateChange change) {
    Throwable cause = change.cause().orElse(null);
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? "no reason given" : String.valueOf(cause.getMessage());
  }

  private void exchange(StompClient client, FaultProxy proxy) throws Exception {
    try (Subscription subscription = client.subscribe(QUEUE)) {
      story.seen(DemoStep.SUBSCRIBED, QUEUE + ", every message acknowledged by itself");
      sendingSince = System.nanoTime();
      FutureTask<Void> sending =
          start("stompbox-demo-sender", () -> sendAll(client, proxy, subscription));
      receiveAll(client, subscription);
      sending.get();
    }
  }

  private @Nullable Void sendAll(StompClient client, FaultProxy proxy, Subscription subscription)
      throws InterruptedException {
    try {
      story.tell("sending", "each message with a receipt, as fast as they are confirmed");
      Map<String, Confirmation> confirmations = new LinkedHashMap<>();
      for (int i = 1; i <= messages; i++) {
        String body = "message " + i;
        ledger.sent(body);
        confirmations.put(body, client.sendConfirmed(Outgoing.to(QUEUE).text(body)));
        if (i == messages / 2) {
          cut(client, proxy, i);
        }
      }
      awaitAll(confirmations);
      client.sendConfirmed(Outgoing.to(QUEUE).text(END)).await(limit);
      return null;
    } catch (RuntimeException e) {
      // Who receives must not wait for what does not come any more.
      subscription.close();
      throw e;
    }
  }

  /** Sends are under way and deliveries, too: this is where a client can lose something. */
  private void cut(StompClient client, FaultProxy proxy, int sent) {
    long confirmed = client.sends().confirmed();
    cutAt = System.nanoTime();
    story.alone(
        () -> {
          if (proxy.cut() > 0) {
            story.seen(
                DemoStep.CUT,
                "at %,d sends confirmed, %,d under way, %,d to come; %,d received",
                confirmed,
                sent - confirmed,
                messages - sent,
                ledger.received());
          }
        });
  }

  private void awaitAll(Map<String, Confirmation> confirmations) throws InterruptedException {
    int repeated = 0;
    for (Map.Entry<String, Confirmation> entry : confirmations.entrySet()) {
      Outcome.Confirmed confirmed = entry.getValue().await(limit);
      ledger.confirmed(entry.getKey());
      repeated += confirmed.attempts() > 1 ? 1 : 0;
    }
    story.seen(
        DemoStep.ALL_CONFIRMED,
        "%,d, of which %,d were sent again",
        confirmations.size(),
        repeated);
  }

  /** The end is the last in the queue, so everything else has come before or is lost. */
  private void receiveAll(StompClient client, Subscription subscription)
      throws InterruptedException {
    boolean ended = false;
    while (!ended || !ledger.isComplete()) {
      Optional<Delivery> next = subscription.receive(ended ? LAST_CALL : GLANCE);
      if (next.isPresent()) {
        ended |= received(next.get());
      } else if (ended || !subscription.isOpen()) {
        return;
      }
      showProgress(client);
    }
    taken = Duration.ofNanos(System.nanoTime() - sendingSince);
    DemoTally tally = ledger.tally();
    story.seen(
        DemoStep.ALL_RECEIVED,
        "%,d and acknowledged; %,d came again",
        tally.received(),
        tally.duplicates());
  }

  /** Returns whether it is the end. */
  private boolean received(Delivery delivery) {
    String body = delivery.text();
    boolean isEnd = body.equals(END);
    if (!isEnd) {
      ledger.received(body, delivery.isRedelivered());
    }
    delivery.ack();
    ledger.acknowledged(id(delivery), delivery.epoch());
    return isEnd;
  }

  private void showProgress(StompClient client) {
    story.checkReader();
    story.progress(
        () ->
            String.format(
                Locale.ROOT,
                "            %,d confirmed, %,d received",
                Math.min(messages, client.sends().confirmed()),
                ledger.received()));
  }

  private static String id(Delivery delivery) {
    return delivery.headers().value("message-id").orElse("");
  }

  /**
   * What was not acknowledged would come again now. Copies that the cut connection held may come,
   * too: the broker may have put them back after everything else had been received.
   */
  private void lookForLeftovers(EmbeddedBroker broker, int connections)
      throws InterruptedException {
    try (StompClient witness = StompClient.connect(broker.uri());
        Subscription subscription = witness.subscribe(QUEUE)) {
      List<Delivery> left = new DemoMarks(witness, subscription).upToMark();
      List<Delivery> unexplained =
          left.stream().filter(copy -> !ledger.mayBeLeft(id(copy), connections)).toList();
      left.forEach(copy -> ledger.received(copy.text(), copy.isRedelivered()));
      if (!unexplained.isEmpty()) {
        story.tell(
            "left behind",
            "%,d messages came again, such as %s",
            unexplained.size(),
            unexplained.get(0).text());
      } else if (left.isEmpty()) {
        story.seen(DemoStep.NOTHING_LEFT, "another client finds the queue empty");
      } else {
        story.seen(
            DemoStep.NOTHING_LEFT,
            "another client finds only %,d copies that the cut connection held",
            left.size());
      }
    }
  }

  private void tellSummary(DemoTally tally) {
    Duration measured = taken;
    double seconds =
        measured == null ? (System.nanoTime() - sendingSince) / 1e9 : measured.toNanos() / 1e9;
    story.line("");
    row("sent", tally.sent(), "");
    row("confirmed", tally.confirmed(), "");
    row("received", tally.received(), "");
    row("redelivered", tally.redelivered(), "marked by the broker as given out before");
    row("lost", tally.lost(), "");
    row("duplicates", tally.duplicates(), "received more than once");
    story.line("%-12s %10.2f s  from the first send to the last message", "time", seconds);
    story.line("%-12s %,10.0f messages/s", "rate", tally.received() / seconds);
    story.line("");
  }

  private void row(String title, int number, String remark) {
    story.line("%-12s %,10d  %s", title, number, remark);
  }

  private static FutureTask<Void> start(String name, Callable<Void> work) {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
