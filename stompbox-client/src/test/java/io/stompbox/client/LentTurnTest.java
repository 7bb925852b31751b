package io.stompbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.transport.Transport;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The turn of a writer that waits, lent to a thread that sends. */
@Timeout(60)
class LentTurnTest {
  private static final int EPOCH = 1;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long A_MOMENT_MILLIS = 50;

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
  private final Link link = UnstartedLink.epoch(EPOCH, outbox).link();
  private final LinkWatch watch = new LinkWatch(link, ConnectOptions.defaults());

  /** What the thread does that writes. */
  private Runnable during = () -> {};

  private final StringBuilder written = new StringBuilder();
  private final LinkWriter writer = new LinkWriter(link, new Written(), watch);
  private final FutureTask<Boolean> taking =
      new FutureTask<>(() -> outbox.take(EPOCH, new ArrayList<>(), 1000, writer));
  private final Thread taker = new Thread(taking, "taking");

  @Test
  void aWriterDoesNotEndWhileItsTurnIsLentAndEndsWhenItIsBack() throws Exception {
    AtomicBoolean stayed = new AtomicBoolean();
    during =
        () -> {
          outbox.stop(EPOCH);
          stayed.set(isStillTaking());
        };
    startTaking();
    watch.heard();
    outbox.put(send("a"), LIMIT);

    assertThat(written).asString().contains("destination:a");
    assertThat(stayed).isTrue();
    assertThat(taking.get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aHeartBeatThatIsDueMeanwhileIsTheWritersWhenItsTurnIsBack() throws Exception {
    during = outbox::requestHeartBeat;
    startTaking();
    watch.heard();
    outbox.put(send("a"), LIMIT);

    assertThat(written).asString().contains("destination:a");
    assertThat(taking.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void onlyOneAtATimeHasIt() throws Exception {
    during = () -> outbox.put(send("b"), LIMIT);
    startTaking();
    watch.heard();
    outbox.put(send("a"), LIMIT);

    assertThat(written).asString().contains("destination:a").doesNotContain("destination:b");
    assertThat(taking.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private boolean isStillTaking() {
    try {
      taking.get(A_MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void startTaking() {
    outbox.start(EPOCH, List.of());
    taker.setDaemon(true);
    taker.start();
    await().atMost(LIMIT).until(() -> taker.getState() == Thread.State.WAITING);
  }

  private static Outbound send(String destination) {
    return Outbound.plain(Frame.of(Command.SEND, "destination", destination));
  }

  private final class Written implements Transport {
    @Override
    public void open(Duration limit) {}

    @Override
    public int read(byte[] target, int offset, int length) {
      return -1;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      written.append(new String(source, offset, length, UTF_8));
      Runnable once = during;
      during = () -> {};
      once.run();
    }

    @Override
    public boolean ignoresInterrupts() {
      return true;
    }

    @Override
    public void close() {}
  }
}
