package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.checks.matrix.Fault;
import io.stompbox.checks.matrix.ObservedTransport;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A handler that takes its time, while the broker expects heart-beats. */
@Timeout(180)
class BusyHandlerTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BUSY_SECONDS = 60;
  private static final int PERIOD = 1000;
  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  @Fault("F29")
  @Tag(Fault.SOAK)
  @EachBroker
  void aMinuteInAHandlerCostsNoConnection(
      BrokerUnderTest broker, Invariants invariants, TestReporter report) throws Exception {
    broker.start();
    invariants.leaveWhatRuns();
    Gaps gaps = new Gaps();
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    StompClient client =
        invariants.connect(
            options ->
                StompClient.builder(broker.uri())
                    .connect(gaps.in(options))
                    .offer(Offer.standard().with(new HeartBeat(PERIOD, PERIOD)))
                    .connect());
    client.subscribe(
        "/queue/busy",
        delivery -> {
          never.await(BUSY_SECONDS, TimeUnit.SECONDS);
          done.countDown();
        });
    invariants.sendConfirmed(client, Outgoing.to("/queue/busy").text("x")).await(LIMIT);

    assertThat(done.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    await().atMost(LIMIT).until(() -> client.received().messages() == 1);
    client.close();
    assertThat(client.epoch()).isEqualTo(1);
    assertThat(broker.drain("/queue/busy")).isEmpty();
    report.publishEntry(broker + ", longest gap between writes", gaps.longest().toString());
  }

  /** The times between two writes. Written by one thread, read by another. */
  private static final class Gaps {
    private volatile long last = System.nanoTime();
    private volatile long longest;

    private ConnectOptions in(ConnectOptions options) {
      return options.with(
          address ->
              new ObservedTransport(options.transports().create(address), () -> {}, this::onWrite));
    }

    /** Only one thread writes at a time. */
    private void onWrite() {
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      last = now;
    }

    private Duration longest() {
      return Duration.ofNanos(longest);
    }
  }
}
