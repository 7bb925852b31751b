package io.stompbox.cli.message;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.TransactionInDoubtException;
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
  private final List<Outgoing> batch = new ArrayList<>();

  TransactedSends(StompClient client, SendTally tally, Outages outages, int size) {
    this.client = client;
    this.tally = tally;
    this.outages = outages;
    this.size = size;
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
  private int sendAll() {
    client.inTransaction(transaction -> batch.forEach(transaction::send), RETRIES);
    return batch.size();
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
