package io.stompbox.cli.bench;

import io.stompbox.client.StompClient;
import io.stompbox.client.Transaction;
import io.stompbox.client.TransactionInDoubtException;
import io.stompbox.protocol.frame.StompException;

/** Sends messages in transactions; each is confirmed when its transaction is. */
final class TransactedProducer implements Work {
  private final BenchState state;
  private final StompClient client;
  private final Messages messages;
  private final Turns turns;
  private final long[] due;

  TransactedProducer(BenchState state, StompClient client, int index) {
    this.state = state;
    this.client = client;
    this.messages = new Messages(state, index);
    this.turns = new Turns(state, index);
    this.due = new long[state.plan().producing().transaction()];
  }

  @Override
  public void run() throws InterruptedException {
    boolean hasMore = true;
    while (hasMore) {
      int filled = 0;
      try (Transaction transaction = client.begin()) {
        hasMore = turns.next();
        while (hasMore) {
          due[filled] = turns.due();
          state.arrivals().sent();
          state.meter().count(Count.SENT, due[filled]);
          filled++;
          transaction.send(messages.next(due[filled - 1]));
          hasMore = filled < due.length && turns.next();
        }
        transaction.commit();
        confirmed(filled);
        hasMore = filled == due.length;
      } catch (StompException e) {
        failed(filled, e);
        hasMore = true;
      }
    }
  }

  private void confirmed(int filled) {
    for (int i = 0; i < filled; i++) {
      state.meter().done(Count.CONFIRMED, due[i]);
    }
  }

  private void failed(int filled, StompException e) {
    for (int i = 0; i < filled; i++) {
      if (!(e instanceof TransactionInDoubtException)) {
        state.arrivals().refused();
      }
      state.failed(e);
    }
  }
}
