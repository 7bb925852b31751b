package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.transport.HostLookup;
import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverSchedule;
import io.stompbox.protocol.failover.FailoverSchedule.Attempt;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Commands;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one logical connection over successive physical ones: makes the first, and another whenever
 * one is lost, until the program closes the client or the policy gives up.
 *
 * <p>At most one thread at a time is in {@link #attempt}: the one that creates the client, later a
 * thread that lives for one recovery.
 */
final class Reconnector implements LinkListener {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private static final Set<ClientState> WANTED =
      EnumSet.of(ClientState.CONNECTING, ClientState.RECOVERING, ClientState.DRAINING);

  private static final Set<ClientState> OVER =
      EnumSet.of(ClientState.DRAINING, ClientState.CLOSED, ClientState.FAILED);

  /** A connection that lasted this long was a good one: the delays begin anew. */
  private static final Duration GOOD_LIFE = Duration.ofSeconds(5);

  /** When to ask for a thread again, if the system had none. */
  private static final Duration NEXT_THREAD = Duration.ofSeconds(1);

  /** A refusal at start-up is final once each broker was tried. */
  private static final int REFUSALS_AT_START = 1;

  /** A broker may refuse a login by mistake while it starts again, but hardly twice. */
  private static final int REFUSALS = 2;

  private final List<BrokerAddress> brokers;
  private final ClientOptions options;
  private final FailoverSchedule schedule;
  private final Outbox outbox;
  private final Subscriptions subscriptions;
  private final Lifecycle lifecycle;
  private final Observation observation;
  private final IncomingFrames incoming;
  private final OversizedFrames oversized;
  private final Departure departure = new Departure();
  private final AtomicReference<@Nullable Handshake> handshake = new AtomicReference<>();

  /** The number of the last connection. Written by the thread that connects. */
  private volatile int epochs;

  /** What ends a connection that the program does not want any more. */
  private final ConnectionLostException unwanted = closed();

  /** The last connection; it may have ended. */
  private volatile @Nullable Epoch last;

  Reconnector(
      List<BrokerAddress> brokers,
      ClientOptions options,
      Outbox outbox,
      Subscriptions subscriptions,
      Lifecycle lifecycle) {
    this.brokers = brokers;
    this.options = options;
    LocalHosts local = new LocalHosts(HostLookup.SYSTEM, options.timeouts().connect());
    this.schedule =
        new FailoverSchedule(brokers, options.reconnect(), new Random(), local::isLocal);
    this.outbox = outbox;
    this.subscriptions = subscriptions;
    this.lifecycle = lifecycle;
    this.observation = outbox.observation();
    this.oversized = new OversizedFrames(options.largeBodies());
    this.incoming = new IncomingFrames(options.connect(), outbox, subscriptions, this::last);
  }

  /** The number of the last connection; 0 before the first. */
  int epochs() {
    return epochs;
  }

  /** The last connection; null before the first. */
  @Nullable Epoch last() {
    return last;
  }

  /** Makes the first connection, on the caller's thread. */
  void connect() {
    lifecycle.transition(ClientState.CONNECTING, 0, null);
    StompException failure = attempt(REFUSALS_AT_START, null);
    if (failure != null) {
      fail(failure);
      throw failure;
    }
  }

  /**
   * Returns the connection that frames can be sent on, waiting for one if there is none.
   *
   * @throws StompTimeoutException if there is none within {@code limit}
   * @throws ConnectionLostException if there will be none
   * @throws CancellationException if the thread is interrupted
   */
  Epoch current(Duration limit) {
    AtomicReference<@Nullable Epoch> found = new AtomicReference<>();
    try {
      lifecycle.awaitUntil(() -> findCurrent(found) || isOver(), Durations.nanos(limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a connection");
    }
    Epoch epoch = found.get();
    ClientState state = lifecycle.state();
    if (isOver()) {
      throw new ConnectionLostException("the client is " + state, Sent.NOT_SENT);
    }
    if (epoch == null) {
      throw new StompTimeoutException(
          "no connection within " + Durations.text(limit) + " (state " + state + ")");
    }
    return epoch;
  }

  /** For a moment there is none although the state is CONNECTED: its loss is being noticed. */
  private boolean findCurrent(AtomicReference<@Nullable Epoch> found) {
    Epoch now = subscriptions.current();
    if (lifecycle.state() == ClientState.CONNECTED && now != null && !now.link().hasEnded()) {
      // Kept, since it may be lost before whoever waits for it looks again.
      found.set(now);
    }
    return found.get() != null;
  }

  private boolean isOver() {
    return OVER.contains(lifecycle.state());
  }

  /** Makes another connection after {@code loss}, on a thread of its own. */
  private void recover(StompException loss) {
    StompException failure = attempt(REFUSALS, loss);
    if (failure != null) {
      fail(failure);
    }
  }

  /**
   * Tries until a connection is made or no longer wanted; returns why it gave up, or null.
   *
   * @param earlier what made the attempt necessary, which is the reason if none is allowed
   */
  private @Nullable StompException attempt(int refusalsAllowed, @Nullable StompException earlier) {
    AttemptFailures failures = new AttemptFailures(brokers, refusalsAllowed, earlier);
    try {
      while (WANTED.contains(lifecycle.state())) {
        Optional<Attempt> next = schedule.next();
        if (next.isEmpty()) {
          return failures.summary();
        }
        if (!awaitDelay(next.get().delay())) {
          return null;
        }
        try {
          establish(next.get().broker());
          return null;
        } catch (StompException e) {
          if (Thread.currentThread().isInterrupted()) {
            return e;
          }
          failures.add(next.get().broker(), e);
          if (failures.isFinal()) {
            return failures.summary();
          }
        }
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ConnectionLostException("interrupted while connecting", Sent.NOT_SENT, e);
    } catch (RuntimeException | Error e) {
      // What the program gave may throw anything, and nobody else would tell that it has.
      return new ConnectionLostException("cannot connect: " + e, Sent.NOT_SENT, e);
    }
  }

  /** Waits, unless the client is closed meanwhile; false if it was. */
  private boolean awaitDelay(Duration delay) throws InterruptedException {
    ClientState now = lifecycle.state();
    if (!delay.isZero() && WANTED.contains(now)) {
      AtomicBoolean isOver = new AtomicBoolean();
      Runnable end =
          () -> {
            isOver.set(true);
            lifecycle.wake();
          };
      Future<?> timer = options.connect().time().after(delay.toNanos(), end);
      // Closing has a deadline, so it cuts the delay short that is under way when it begins.
      lifecycle.awaitUntil(() -> isOver.get() || lifecycle.state() != now, Long.MAX_VALUE);
      timer.cancel(false);
    }
    return WANTED.contains(lifecycle.state());
  }

  private void establish(BrokerAddress broker) {
    int number = epochs + 1;
    Handshake attempt =
        new Handshake(broker, options.connect(), options.streaming(), number, observation);
    handshake.set(attempt);
    if (!WANTED.contains(lifecycle.state())) {
      attempt.abort();
    }
    Handshake.Established established = attempt.perform();
    handshake.set(null);
    epochs = number;
    Link link = new Link(number, established, options.connect(), outbox, this);
    link.prepare();
    Epoch epoch =
        new Epoch(
            number,
            link,
            options.profile(established.agreement().server().orElse(null)),
            Commands.of(established.agreement().version()),
            options.connect().offer().headers(),
            options.connect().time().nanoTime());
    observation.connected(number, established.agreement());
    outbox.limitUnconfirmed(options.duplicates().mostUnconfirmed(epoch.profile()));
    subscriptions.start(epoch);
    // Only now, since end() has to find a link that the outbox knows, or its writer never ends.
    last = epoch;
    lifecycle.transition(ClientState.CONNECTED, number, null);
    link.start(epoch.profile().limits());
    if (lifecycle.state() == ClientState.CLOSED) {
      link.end(unwanted);
    }
  }

  static ConnectionLostException closed() {
    return new ConnectionLostException("the client is closed", Sent.NOT_SENT);
  }

  @Override
  public void onFrame(Link link, Frame frame) {
    incoming.onFrame(link, frame);
  }

  @Override
  public void onReceipts(Link link, List<Frame> receipts) {
    incoming.onReceipts(link, receipts);
  }

  @Override
  public void onBody(Link link, DecodedEvent part) {
    incoming.onBody(link, part);
  }

  @Override
  public void onEnding(Link link) {
    incoming.onEnding(link);
  }

  @Override
  public void onEnded(Link link, StompException why, List<Outbound> unsent, int unknown) {
    StompException cause = oversized.explained(why);
    Outbound poison = outbox.resolution().ended(link.epoch(), unsent, unknown, cause);
    incoming.ended(link.epoch(), cause);
    observation.sendsLost(link.epoch(), unknown);
    observation.disconnected(link.epoch(), isWanted(cause) ? null : cause);
    Epoch ended = last;
    if (ended == null || departure.hasBegun()) {
      return;
    }
    // What was found to be poison ends no more connections, so there is nothing to wait for.
    long lived = options.connect().time().nanoTime() - ended.connectedAt();
    if (poison != null || lived > GOOD_LIFE.toNanos()) {
      schedule.restart();
    } else {
      schedule.resume();
    }
    StompException hopeless = oversized.ended(cause, lived);
    Runnable next = hopeless == null ? () -> recover(cause) : () -> fail(hopeless);
    if (lifecycle.transition(ClientState.RECOVERING, link.epoch(), cause)
        || lifecycle.state() == ClientState.DRAINING) {
      startRecovery(next);
    }
  }

  /** Whether a connection ended because the program has left. */
  private boolean isWanted(StompException cause) {
    return departure.isConfirmed() || cause.equals(unwanted);
  }

  /** Where there is no thread at this moment there will be one later. */
  private void startRecovery(Runnable recovery) {
    try {
      Threads.start(options.connect().threads(), "stompbox-recovery", recovery);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(Level.WARNING, "there is no thread for connecting again; one is asked for again", e);
      Future<?> unused =
          options.connect().time().after(NEXT_THREAD.toNanos(), () -> startRecovery(recovery));
    }
  }

  private void fail(StompException cause) {
    // Whoever sees that it has failed must find it so.
    outbox.refuseNew(cause);
    // A client that is closing stays DRAINING, but has nothing left to wait for.
    if (lifecycle.transition(ClientState.FAILED, epochs, cause)
        || lifecycle.state() == ClientState.DRAINING) {
      subscriptions.fail(cause);
      outbox.close(cause);
    }
  }

  /** Says goodbye and waits for the receipt; then, or at the deadline, the connection ends. */
  void leave(Farewell how, long deadline) throws InterruptedException {
    departure.begin();
    Epoch epoch = subscriptions.current();
    if (epoch != null) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Receipts receipts = subscriptions.receipts();
      departure.say(new Goodbye(outbox, receipts, epoch.commands(), epoch.number()), how, left);
    }
  }

  /** What ended the last connection in place of a farewell; null if nothing did. */
  @Nullable StompException failure() {
    Epoch epoch = last;
    return departure.isConfirmed() || epoch == null ? null : epoch.link().cause();
  }

  /** Ends whatever connection or attempt there is, at once. */
  void end() {
    departure.begin();
    Handshake attempt = handshake.getAndSet(null);
    if (attempt != null) {
      attempt.abort();
    }
    Epoch epoch = last;
    if (epoch != null) {
      epoch.link().end(unwanted);
      awaitGone(epoch.link());
    }
  }

  /** Its writer gives back what it had, which must not come after everything was counted. */
  private static void awaitGone(Link link) {
    try {
      link.awaitGone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
