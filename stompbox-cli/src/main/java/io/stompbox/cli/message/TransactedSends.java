package io.stompbox.cli.message;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Transaction;
import io.stompbox.client.TransactionInDoubtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * So many messages at a time take effect together. They are held until there are enough, so that a
 * transaction is short, however slow the input is.
 */
final class TransactedSends implements SendWay {
  /** How often a transaction is run again that the broker has undone because of a loss. */
  private static final int RETRIES = 3;

  private final StompClient client;
  private final SendTally tally;
  private final Outages outages;
  private final int size;
  private final Duration limit;
  private final List<Outgoing> batch = new ArrayList<>();

  /**
   * Creates it.
   *
   * @param limit how long the broker may take nothing of a body that is read while it is sent
   */
  TransactedSends(StompClient client, SendTally tally, Outages outages, int size, Duration limit) {
    this.client = client;
    this.tally = tally;
    this.outages = outages;
    this.size = size;
    this.limit = limit;
  }

  @Override
  public void send(Outgoing message) throws InterruptedException {
    batch.add(message);
    tally.sent(message);
    if (batch.size() == size) {
      commit();
    }
  }

  private void commit() throws InterruptedException {
    Fate fate = Fate.NOT_SENT;
    try {
      outages.outlast(this::sendAll);
      fate = Fate.CONFIRMED;
    } catch (TransactionInDoubtException | CancellationException e) {
      fate = Fate.UNKNOWN;
      throw e;
    } catch (BrokerErrorException e) {
      fate = Fate.REFUSED;
      throw e;
    } finally {
      tally.ended(fate, batch.size());
      batch.clear();
    }
  }

  /** Where it fails for want of time, the broker has been asked for nothing or undoes it. */
  private int sendAll() throws InterruptedException {
    client.inTransaction(this::sendAll, RETRIES);
    return batch.size();
  }

  /** The time for the receipt of COMMIT must not pass while a body is still being written. */
  private void sendAll(Transaction transaction) throws InterruptedException {
    for (Outgoing message : batch) {
      transaction.send(message);
      if (message.source().isPresent()) {
        outages.outlastBodies(
            () -> {
              client.flush(limit);
              return limit;
            });
      }
    }
  }

  @Override
  public void finish() throws InterruptedException {
    if (!batch.isEmpty()) {
      commit();
    }
  }

  @Override
  public void giveUp() {
    tally.ended(Fate.NOT_SENT, batch.size());
    batch.clear();
  }

  @Override
  public boolean isConfirming() {
    return true;
  }
}
