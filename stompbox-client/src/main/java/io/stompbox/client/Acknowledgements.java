package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the broker what became of the messages of one subscription, each on the connection that
 * brought it. Safe to share between threads.
 */
final class Acknowledgements {
  private static final long ANY = -1;

  private final Acknowledgement mode;
  private final AckWriter writer;
  private final Observation observation;

  /** Whether no message waits to be processed, so that the broker may be waiting for the ACK. */
  private final BooleanSupplier isIdle;

  /** How many processed messages may wait for an older one before no more are started. */
  private final int mostWaiting;

  /** Orders acknowledgements, and UNSUBSCRIBE behind them. Never held while user code runs. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Used if acknowledgements are cumulative. Guarded by lock. */
  private final AckBatch batch = new AckBatch();

  /**
   * The only message that may be processed, as too many wait for it; {@link #ANY} while they do
   * not. Read without the lock: the queue asks under its own, which is taken where this one is
   * held.
   */
  private volatile long startable = ANY;

  /** Whether UNSUBSCRIBE was written: brokers take an ACK after it for a fault. Guarded by lock. */
  private boolean unsubscribed;

  /**
   * Creates it.
   *
   * @param isIdle whether no message waits to be processed; must take no lock under which these are
   *     asked
   */
  Acknowledgements(Acknowledgement mode, AckWriter writer, Bounds bounds, BooleanSupplier isIdle) {
    this.observation = writer.observation();
    this.mode = mode;
    this.writer = writer;
    this.isIdle = isIdle;
    this.mostWaiting = Math.max(AckBatch.MOST, bounds.incomingMessages());
  }

  boolean isCumulative() {
    return mode == Acknowledgement.BATCHED;
  }

  /** The connection that brought a message; null if it is gone. */
  @Nullable Epoch epochOf(Delivery delivery) {
    return writer.epochOf(delivery);
  }

  /** A message came, and may have to be acknowledged. */
  void arrived(Delivery delivery) {
    if (!isCumulative()) {
      return;
    }
    lock.lock();
    try {
      batch.add(delivery.sequence());
    } finally {
      lock.unlock();
    }
  }

  /** Whether a message may be processed, so that what waits for an older one stays bounded. */
  boolean mayStart(Delivery delivery) {
    long only = startable;
    return only == ANY || only == delivery.sequence();
  }

  private void batchChanged() {
    startable = batch.decided() < mostWaiting ? ANY : batch.oldest();
  }

  /** A message was processed without a fault. */
  void processed(Delivery delivery) {
    if (mode == Acknowledgement.AFTER_PROCESSING) {
      if (delivery.markSettled(Settlement.ACKNOWLEDGED)) {
        tell(Verdict.PROCESSED, delivery, List.of());
      }
    } else if (isCumulative()) {
      AckResult result = addToBatch(delivery);
      if (result != null) {
        observation.acknowledged(delivery, Verdict.PROCESSED, result);
      }
    }
  }

  /** A copy of a message that was processed before came; nobody else will settle it. */
  void dropped(Delivery delivery) {
    if (mode != Acknowledgement.MANUAL) {
      processed(delivery);
    } else if (delivery.markSettled(Settlement.ACKNOWLEDGED)) {
      tell(Verdict.PROCESSED, delivery, List.of());
    }
  }

  /** Whether a message counts as processed once its handler has returned. */
  boolean isProcessedByReturning(Delivery delivery) {
    Settlement settlement = delivery.settlement();
    return settlement == Settlement.ACKNOWLEDGED
        || (settlement == null && mode != Acknowledgement.MANUAL);
  }

  /** Returns what became of the acknowledgement; null if the program has given one itself. */
  private @Nullable AckResult addToBatch(Delivery delivery) {
    lock.lock();
    try {
      Epoch epoch = openEpochOf(delivery);
      if (epoch == null) {
        writer.stale(List.of());
        return AckResult.STALE;
      }
      long sequence = delivery.sequence();
      boolean isOpen = batch.has(sequence) && !batch.isDecided(sequence);
      if (isOpen) {
        Frame ack = Verdict.PROCESSED.frame(epoch.commands(), delivery.original());
        batch.decide(sequence, new AckBatch.Step(Verdict.PROCESSED, ack, List.of()));
        batchChanged();
      }
      // Asked here: of two handlers that end at once, the later one finds that nothing waits.
      if (batch.isFull() || isIdle.getAsBoolean()) {
        flush(epoch);
      }
      return !isOpen ? null : batch.has(sequence) ? AckResult.DEFERRED : AckResult.SENT;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #tell(Verdict, Delivery, List)}; returns what learns the outcome. */
  Confirmation confirm(Verdict verdict, Delivery delivery) {
    Confirmation confirmation = writer.confirmation(verdict, delivery);
    tell(verdict, delivery, List.of(confirmation));
    return confirmation;
  }

  /**
   * Tells the broker of a message, or notes that it can be told once earlier ones were processed.
   *
   * @throws IllegalArgumentException if that can't be told; nothing has changed then
   */
  AckResult tell(Verdict verdict, Delivery delivery, List<Confirmation> asking) {
    AckResult result = write(verdict, delivery, asking);
    observation.acknowledged(delivery, verdict, result);
    return result;
  }

  private AckResult write(Verdict verdict, Delivery delivery, List<Confirmation> asking) {
    if (mode == Acknowledgement.BROKER) {
      return AckResult.NOT_NEEDED;
    }
    lock.lock();
    try {
      Epoch epoch = openEpochOf(delivery);
      if (epoch == null) {
        writer.stale(asking);
        return AckResult.STALE;
      }
      Frame frame = verdict.frame(epoch.commands(), delivery.original());
      if (!isCumulative()) {
        writer.write(frame, epoch, asking);
        return AckResult.SENT;
      }
      return tellInOrder(delivery, new AckBatch.Step(verdict, frame, asking), epoch);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has an ACK or NACK written that belongs to a transaction; false if it would be stale.
   *
   * @param link that of the transaction, which may be another client's
   * @param write writes it; must not wait
   */
  boolean tellIn(Delivery delivery, Verdict verdict, Link link, Consumer<Frame> write) {
    boolean isWritten = writeIn(delivery, verdict, link, write);
    observation.acknowledged(delivery, verdict, isWritten ? AckResult.SENT : AckResult.STALE);
    return isWritten;
  }

  private boolean writeIn(Delivery delivery, Verdict verdict, Link link, Consumer<Frame> write) {
    lock.lock();
    try {
      Epoch epoch = openEpochOf(delivery);
      if (epoch == null || !epoch.link().equals(link)) {
        writer.stale(List.of());
        return false;
      }
      write.accept(verdict.frame(epoch.commands(), delivery.original()));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private AckResult tellInOrder(Delivery delivery, AckBatch.Step step, Epoch epoch) {
    long sequence = delivery.sequence();
    if (!batch.has(sequence)) {
      step.asking().forEach(Acknowledgements::covered);
      return AckResult.COVERED;
    }
    batch.decide(sequence, step);
    batchChanged();
    flush(epoch);
    return batch.has(sequence) ? AckResult.DEFERRED : AckResult.SENT;
  }

  private static void covered(Confirmation confirmation) {
    confirmation.complete(
        new Outcome.Unknown(
            new StompTimeoutException(
                "an earlier ACK, which asked for no receipt, has covered the message")));
  }

  private void flush(Epoch epoch) {
    List<AckBatch.Step> steps = batch.take();
    batchChanged();
    for (AckBatch.Step step : steps) {
      writer.write(step.frame(), epoch, step.asking());
    }
  }

  /** Writes what waits for a batch to fill. */
  void flush() {
    lock.lock();
    try {
      Epoch epoch = writer.current();
      if (epoch != null && !unsubscribed) {
        flush(epoch);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether no ACK goes past a message that nobody will decide on any more, since processing it has
   * ended.
   */
  boolean areHeldUpBy(Delivery delivery) {
    if (!isCumulative()) {
      return false;
    }
    lock.lock();
    try {
      long sequence = delivery.sequence();
      return openEpochOf(delivery) != null && batch.has(sequence) && !batch.isDecided(sequence);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the message comes again whatever is done, since its connection is gone. */
  boolean isStale(Delivery delivery) {
    return mode != Acknowledgement.BROKER && epochOf(delivery) == null;
  }

  /** Whether the broker can be told that the message was refused. */
  boolean canRefuse(Delivery delivery) {
    Epoch epoch = epochOf(delivery);
    return epoch != null && epoch.link().agreement().version().hasNack();
  }

  /** Writes what waits, then lets {@code unsubscribe} run; nothing is written afterwards. */
  void close(Runnable unsubscribe) {
    lock.lock();
    try {
      flush();
      unsubscribed = true;
      unsubscribe.run();
      forgetAll();
    } finally {
      lock.unlock();
    }
  }

  /** No message that came can be told of any more, since its connection is gone. */
  void forgetAll() {
    lock.lock();
    try {
      List<Confirmation> asking = batch.clear();
      batchChanged();
      if (!asking.isEmpty()) {
        writer.stale(asking);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Epoch openEpochOf(Delivery delivery) {
    return unsubscribed ? null : writer.epochOf(delivery);
  }
}
