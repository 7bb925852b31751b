package io.stompbox.cli.message;

import io.stompbox.client.ClientState;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.Transaction;
import io.stompbox.client.TransactionInDoubtException;
import io.stompbox.client.TransactionRolledBackException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The target commits so many messages at a time, or fewer when no more come. A transaction whose
 * fate is not known is run again: its messages may arrive twice, but none is lost.
 */
final class TransactedForwards implements Forwarding {
  private final StompClient target;
  private final String destination;
  private final PipeTally tally;
  private final int size;
  private final List<Delivery> batch = new ArrayList<>();

  TransactedForwards(StompClient target, String destination, PipeTally tally, int size) {
    this.target = target;
    this.destination = destination;
    this.tally = tally;
    this.size = size;
  }

  @Override
  public void forward(Delivery message) {
    batch.add(message);
    if (batch.size() == size) {
      commit();
    }
  }

  @Override
  public void idle() {
    if (!batch.isEmpty()) {
      commit();
    }
  }

  @Override
  public boolean drain(Duration limit) {
    idle();
    return true;
  }

  private void commit() {
    boolean isDone = false;
    while (!isDone) {
      isDone = isCommitted();
    }
    for (Delivery message : batch) {
      tally.confirmed();
      tally.settled(Settling.settle(message::ack, SENT_ON));
    }
    batch.clear();
  }

  private boolean isCommitted() {
    try {
      target.inTransaction(this::sendAll);
      return true;
    } catch (TransactionRolledBackException
        | TransactionInDoubtException
        | StompTimeoutException e) {
      checkAlive(e);
      return false;
    }
  }

  private void sendAll(Transaction transaction) {
    for (Delivery message : batch) {
      Outgoing copy = message.forwardTo(destination);
      transaction.send(copy);
      tally.forwarded();
    }
  }

  private void checkAlive(StompException thrown) {
    ClientState state = target.state();
    if (state != ClientState.CONNECTED && state != ClientState.RECOVERING) {
      throw thrown;
    }
  }
}
