package io.stompbox.cli.message;

import io.stompbox.client.Confirmation;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The broker confirms each message, while others are on their way. */
final class ConfirmedSends implements SendWay {
  private final StompClient client;
  private final SendTally tally;
  private final Outages outages;
  private final Duration limit;

  /** Those whose fate is not counted yet, oldest first; the client bounds their number. */
  private final Deque<Confirmation> open = new ArrayDeque<>();

  /**
   * Creates it.
   *
   * @param limit how long to wait for each while there is a connection
   */
  ConfirmedSends(StompClient client, SendTally tally, Outages outages, Duration limit) {
    this.client = client;
    this.tally = tally;
    this.outages = outages;
    this.limit = limit;
  }

  @Override
  public void send(Outgoing message) throws InterruptedException {
    open.add(outages.outlastBodies(() -> client.sendConfirmed(message)));
    tally.sent(message);
    for (Confirmation oldest = open.peek(); isDone(oldest); oldest = open.peek()) {
      await(oldest);
    }
  }

  private static boolean isDone(@Nullable Confirmation confirmation) {
    return confirmation != null && confirmation.isDone();
  }

  /** One that fails stays, to be counted by {@link #giveUp}. */
  private void await(Confirmation oldest) throws InterruptedException {
    Fate fate = Fate.of(outages.outlastBodies(() -> oldest.await(limit)));
    open.remove();
    tally.ended(fate, 1);
  }

  @Override
  public void finish() throws InterruptedException {
    for (Confirmation oldest = open.peek(); oldest != null; oldest = open.peek()) {
      await(oldest);
    }
  }

  @Override
  public void giveUp() {
    for (Confirmation confirmation : open) {
      confirmation.cancel();
      tally.ended(confirmation.outcome().map(Fate::of).orElse(Fate.UNKNOWN), 1);
    }
    open.clear();
  }

  @Override
  public boolean isConfirming() {
    return true;
  }
}
