package io.stompbox.cli.bench;

import io.stompbox.client.ClientState;
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
  private final int index;

  /** When each message of the transaction was due. */
  private final long[] due;

  /** How many messages it has. */
  private int filled;

  TransactedProducer(BenchState state, StompClient client, int index) {
    this.state = state;
    this.client = client;
    this.messages = new Messages(state, index);
    this.turns = new Turns(state, index);
    this.index = index;
    this.due = new long[state.plan().producing().transaction()];
  }

  @Override
  public void run() throws InterruptedException {
    while (turns.next()) {
      filled = 0;
      try (Transaction transaction = client.begin()) {
        fill(transaction);
        transaction.commit();
        for (int i = 0; i < filled; i++) {
          state.confirmed(due[i]);
        }
      } catch (StompException e) {
        failed(e);
      }
    }
  }

  /** Sends the message whose turn it is, and those whose turn comes, until there are enough. */
  private void fill(Transaction transaction) throws InterruptedException {
    do {
      due[filled] = turns.due();
      state.arrivals().sent();
      state.meter().count(Count.SENT, due[filled]);
      filled++;
      transaction.send(messages.next(due[filled - 1]));
    } while (filled < due.length && turns.next());
  }

  private void failed(StompException e) {
    for (int i = 0; i < filled; i++) {
      if (e instanceof TransactionInDoubtException) {
        state.doubt(index, messages.number() - i, e);
      } else {
        state.refused(due[i], e);
      }
    }
    if (client.state() == ClientState.FAILED) {
      state.ended(e);
    } else if (filled == 0) {
      state.failed(e);
    }
  }
}
