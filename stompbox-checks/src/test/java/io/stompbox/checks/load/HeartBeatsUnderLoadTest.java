package io.stompbox.checks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.matrix.Fault;
import io.stompbox.client.ClientState;
import io.stompbox.client.Offer;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heart-beats while every processor has more to do than it can. */
class HeartBeatsUnderLoadTest {
  private static final int SECONDS = Integer.getInteger("load.seconds", 300);
  private static final int CONNECTIONS = Integer.getInteger("load.beating", 20);
  private static final int PERIOD = 1000;
  private static final Duration PATIENCE = Duration.ofMillis(2 * PERIOD + 1000);
  private static final int HOGS_PER_PROCESSOR = 2;

  private final ScheduledExecutorService beating = Executors.newScheduledThreadPool(1);
  private final AtomicLong heard = new AtomicLong();

  /** Silences for which a broker that is as patient as this client would have given it up. */
  private final AtomicInteger givenUp = new AtomicInteger();

  /** In nanoseconds. */
  private final AtomicLong longestGap = new AtomicLong();

  private final AtomicInteger losses = new AtomicInteger();
  private volatile boolean isOver;

  @Tag(Fault.SOAK)
  @Tag(Fault.TAG)
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Test
  void nobodyIsTakenForDeadWhileAllProcessorsAreBusy() throws Exception {
    List<Thread> hogs = startHogs();
    List<StompClient> clients = new ArrayList<>();
    try (ScriptedBroker broker = ScriptedBroker.start().otherwise(this::beat)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(connect(broker));
      }
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(SECONDS + 60L))
          .until(new Elapsed(Duration.ofSeconds(SECONDS))::isOver);
      System.out.printf(
          "heart-beats: %d connections, %d s, %d heard by the broker, longest gap %d ms;"
              + " given up by the broker %d, by clients %d%n",
          CONNECTIONS,
          SECONDS,
          heard.get(),
          longestGap.get() / 1_000_000,
          givenUp.get(),
          losses.get());

      assertThat(losses).hasValue(0);
      assertThat(givenUp).hasValue(0);
      assertThat(clients).allSatisfy(client -> assertThat(client.epoch()).isEqualTo(1));
      assertThat(heard.get()).isGreaterThan((long) CONNECTIONS * SECONDS);
    } finally {
      isOver = true;
      clients.forEach(client -> client.close(Duration.ofSeconds(1)));
      beating.shutdownNow();
      for (Thread hog : hogs) {
        hog.join();
      }
    }
  }

  /** When a time has gone by. */
  private record Elapsed(Duration time, long start) {
    Elapsed(Duration time) {
      this(time, System.nanoTime());
    }

    boolean isOver() {
      return System.nanoTime() - start >= time.toNanos();
    }
  }

  private StompClient connect(ScriptedBroker broker) {
    return StompClient.builder(broker.uri())
        .offer(Offer.standard().with(new HeartBeat(PERIOD, PERIOD)))
        .onStateChange(
            change -> {
              if (change.to() == ClientState.RECOVERING) {
                losses.incrementAndGet();
              }
            })
        .connect();
  }

  private void beat(Peer peer) {
    peer.handshake("1.2", PERIOD + "," + PERIOD);
    Future<?> beats =
        beating.scheduleAtFixedRate(() -> peer.send("\n"), PERIOD, PERIOD, TimeUnit.MILLISECONDS);
    long last = System.nanoTime();
    while (!isOver) {
      peer.expectHeartBeat();
      long now = System.nanoTime();
      longestGap.accumulateAndGet(now - last, Math::max);
      givenUp.addAndGet(now - last > PATIENCE.toNanos() ? 1 : 0);
      heard.incrementAndGet();
      last = now;
    }
    beats.cancel(false);
  }

  private List<Thread> startHogs() {
    List<Thread> hogs = new ArrayList<>();
    for (int i = 0; i < HOGS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(); i++) {
      Thread hog =
          new Thread(
              () -> {
                while (!isOver) {
                  Thread.onSpinWait();
                }
              },
              "hog");
      hog.start();
      hogs.add(hog);
    }
    return hogs;
  }
}
