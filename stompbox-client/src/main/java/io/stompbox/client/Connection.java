package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.Commands;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One physical STOMP connection, frame by frame. It sends heart-beats and watches over the
 * broker's, but knows nothing of recovery, subscriptions or acknowledgements: that is {@link
 * StompClient}.
 *
 * <p>Safe to share between threads; frames that are received by several threads are each given to
 * one of them.
 */
public final class Connection implements AutoCloseable, Iterable<Frame> {
  private static final int EPOCH = 1;

  private final Timeouts timeouts;
  private final Link link;
  private final Outbox outbox;
  private final BoundedQueue<Frame> inbox;

  /** What ended it, if that is for receivers to know. Written before the inbox ends. */
  private volatile @Nullable StompException failure;

  private final ExecutorService executor = Threads.handlers("stompbox-connection");
  private final Receipts receipts = new Receipts(executor);
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  /** What learns of the end. */
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

  private enum State {
    /** Frames go both ways. */
    OPEN,
    /** DISCONNECT was sent: no frame may follow it. */
    CLOSING,
    /** Closed by the program. */
    CLOSED
  }

  private Connection(
      Handshake.Established established, ConnectOptions options, Observation observation) {
    this.timeouts = options.timeouts();
    this.outbox = new Outbox(Bounds.defaults(), options.time(), observation);
    InboundRoom room = new InboundRoom(Bounds.defaults().allIncomingOctets());
    this.inbox = new BoundedQueue<>(Bounds.defaults(), room, frame -> frame.body().size());
    this.link = new Link(EPOCH, established, options, outbox, new Receiver());
  }

  /**
   * Connects with everything by default.
   *
   * @param uri {@code stomp://host:port}; one broker only. Its query may have those settings of
   *     {@link ClientSetting} that concern one connection; others have no effect
   * @throws IllegalArgumentException if the URI can't be read or has several brokers
   * @throws ConnectionLostException if the broker can't be reached
   * @throws StompTimeoutException if it does not answer CONNECT
   * @throws BrokerErrorException if it refuses CONNECT
   */
  public static Connection open(String uri) {
    StompClientBuilder builder = new StompClientBuilder(uri);
    List<BrokerAddress> brokers = builder.brokers();
    if (brokers.size() != 1) {
      throw new IllegalArgumentException(
          "a Connection has one broker, but there are " + brokers + "; StompClient fails over");
    }
    return open(brokers.get(0), builder.connectOptions());
  }

  /** Connects; throws as {@link #open(String)} does. */
  public static Connection open(BrokerAddress broker, ConnectOptions options) {
    return open(broker, options, Observation.none());
  }

  /** As {@link #open(BrokerAddress, ConnectOptions)}, seen by an observer from its beginning. */
  public static Connection open(
      BrokerAddress broker, ConnectOptions options, ClientObserver observer) {
    return open(broker, options, new Observation(List.of(observer), Runnable::run));
  }

  /**
   * Connects to the first broker of a list that lets us in, each being tried once and in its order.
   *
   * @throws IllegalArgumentException if the list is empty, or has brokers with TLS and brokers
   *     without, unless the options allow that: {@link TlsMixture}
   * @throws StompException as {@link StompClientBuilder#connect()} does if none lets us in; it has
   *     the reason of each
   */
  public static Connection openFirst(
      List<BrokerAddress> brokers, ConnectOptions options, ClientObserver observer) {
    if (brokers.isEmpty()) {
      throw new IllegalArgumentException("the list has no broker to connect to; give at least one");
    }
    options.mixture().check(brokers);
    AttemptFailures failures = new AttemptFailures(brokers, 1, null);
    for (BrokerAddress broker : brokers) {
      try {
        return open(broker, options, observer);
      } catch (StompException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        failures.add(broker, e);
      }
    }
    throw failures.summary();
  }

  private static Connection open(
      BrokerAddress broker, ConnectOptions options, Observation observation) {
    Handshake handshake = new Handshake(broker, options, EPOCH, observation);
    Connection connection = new Connection(handshake.perform(), options, observation);
    connection.link.prepare();
    observation.connected(EPOCH, connection.agreement());
    connection.outbox.start(EPOCH, List.of());
    connection.link.start(FrameLimits.NONE);
    return connection;
  }

  /** The CONNECTED frame. */
  public Frame connected() {
    return link.connected();
  }

  /** The broker that was reached. */
  public BrokerAddress address() {
    return link.address();
  }

  /** What was agreed with the broker. */
  public Agreement agreement() {
    return link.agreement();
  }

  /** Makes frames for the version that was agreed. */
  public Commands commands() {
    return Commands.of(agreement().version());
  }

  /**
   * Sends a frame. Returns when it is in the outgoing buffer, waiting for room there if it must.
   *
   * @throws IllegalArgumentException if the agreed version can't carry the frame
   * @throws IllegalStateException after {@link #close()}
   * @throws ConnectionLostException if the connection was lost; the frame was not sent
   */
  public void send(Frame frame) {
    check(frame);
    outbox.put(Outbound.plain(frame), timeouts.space());
  }

  /**
   * Sends a frame as {@link #send} does, and asks for a receipt, with an id of the connection's own
   * unless the frame has one. That RECEIPT is not received, but completes what is returned; other
   * frames go on being received meanwhile.
   *
   * @return what learns of the receipt: {@link Outcome.Confirmed}, or {@link Outcome.Unknown} if
   *     the connection ends before, or none comes within the limit for receipts
   */
  public Confirmation sendConfirmed(Frame frame) {
    check(frame);
    String given = frame.header("receipt");
    String receipt = given == null ? receipts.next() : given;
    Frame asking = given == null ? frame.with("receipt", receipt) : frame;
    Confirmation confirmation = receipts.confirmation(frame.command().name());
    Outbound outbound = Outbound.bound(asking, EPOCH, receipt, confirmation);
    outbound.deadline(outbox.deadline(timeouts.receipt()));
    outbox.put(outbound, timeouts.space());
    return confirmation;
  }

  private void check(Frame frame) {
    State now = state.get();
    if (now != State.OPEN) {
      throw new IllegalStateException(
          frame.command() + " is not allowed while the connection is " + now);
    }
    if (frame.command().isHandshake()) {
      throw new IllegalStateException(
          frame.command() + " is not allowed: the connection has been made already");
    }
    FrameCheck.checkWhole(frame, agreement().version());
  }

  /**
   * Waits until everything that was sent before has been written to the network; throws as {@link
   * StompClient#flush} does.
   */
  public void flush(Duration limit) throws InterruptedException {
    Sends.flush(outbox, receipts.confirmation("flush"), limit);
  }

  /**
   * Waits for the next frame: MESSAGE, RECEIPT, or one of the broker's own.
   *
   * @return the frame; empty once the connection is closed, by either side, and all was received
   * @throws StompTimeoutException if no frame comes within {@code limit}; the connection stays
   * @throws BrokerErrorException if an ERROR frame comes; the connection ends with it
   * @throws ProtocolException if the broker broke the protocol; the connection ends with it
   * @throws ConnectionLostException if the connection failed
   * @throws InterruptedException if the thread is interrupted; no frame is lost
   */
  public Optional<Frame> receive(Duration limit) throws InterruptedException {
    Frame frame = inbox.poll(Durations.nanos(limit));
    if (frame == null && !inbox.hasEnded()) {
      throw new StompTimeoutException("no frame came within " + Durations.text(limit));
    }
    StompException cause = failure;
    if (frame == null && cause != null) {
      throw cause;
    }
    return Optional.ofNullable(frame);
  }

  /**
   * Returns frames as they come, until the connection is closed. Fails as {@link #receive} does,
   * but waits without a limit: the broker's heart-beats bound it. Interrupting the thread ends it
   * with {@link CancellationException}.
   */
  @Override
  public Iterator<Frame> iterator() {
    return new Coming<>("frames", () -> receive(Duration.ofDays(1)).orElse(null));
  }

  /** How long ago octets went over the connection, heart-beats included. */
  public Traffic traffic() {
    return link.traffic();
  }

  /**
   * Returns a stage that completes when the connection has ended, closed by either side, or
   * exceptionally with what {@link #receive} throws: an ERROR, a fault of the broker, a loss. What
   * depends on it runs on a thread of its own.
   */
  public CompletionStage<@Nullable Void> ended() {
    return end.minimalCompletionStage();
  }

  /** Whether frames can be sent and received. */
  public boolean isOpen() {
    return state.get() == State.OPEN && !link.hasEnded();
  }

  /**
   * Sends DISCONNECT, waits for its receipt within the limit for closing, and ends the connection.
   * Frames that come meanwhile can still be received. Does nothing the second time.
   */
  @Override
  public void close() {
    close(Farewell.standard());
  }

  /** As {@link #close()}, with another farewell than the standard one. */
  public void close(Farewell how) {
    if (!state.compareAndSet(State.OPEN, State.CLOSING)) {
      return;
    }
    outbox.refuseNew(closed());
    try {
      if (!link.hasEnded()) {
        Goodbye goodbye = new Goodbye(outbox, receipts, commands(), EPOCH);
        Confirmation farewell = goodbye.farewell();
        goodbye.say(how, timeouts.close(), farewell);
        farewell.awaitQuietly(timeouts.close().toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state.set(State.CLOSED);
      link.end(closed());
      executor.shutdown();
    }
  }

  private static ConnectionLostException closed() {
    return new ConnectionLostException("the connection is closed", Sent.NOT_SENT);
  }

  @Override
  public String toString() {
    return "Connection(" + link.address() + " " + state.get() + ")";
  }

  private final class Receiver implements LinkListener {
    @Override
    public void onFrame(Link from, Frame frame) {
      if (frame.command().isHandshake()) {
        throw new ProtocolException(
            Fault.UNEXPECTED_FRAME, frame.command() + " came in the middle of a connection");
      }
      if (frame.command().equals(Command.ERROR)) {
        from.end(new BrokerErrorException("a frame", frame));
        return;
      }
      if (frame.command().equals(Command.RECEIPT)
          && outbox.resolution().confirm(frame.require("receipt-id"), EPOCH)) {
        return;
      }
      inbox.put(frame, from);
    }

    @Override
    public void onEnding(Link ending) {
      inbox.wake();
    }

    @Override
    public void onEnded(Link ended, StompException cause, List<Outbound> unsent, int unknown) {
      outbox.resolution().ended(EPOCH, unsent, unknown, cause);
      outbox.close(cause);
      StompException why = state.get() == State.OPEN && !isPlainClose(cause) ? cause : null;
      failure = why;
      inbox.end();
      outbox.observation().sendsLost(EPOCH, unknown);
      outbox.observation().disconnected(EPOCH, state.get() == State.OPEN ? cause : null);
      // Not here, as this thread is the connection's until the end is told to all.
      Threads.startOrRun("stompbox-ended " + link.address(), () -> complete(why));
    }
  }

  private void complete(@Nullable StompException why) {
    if (why == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(why);
    }
  }

  /** A broker that closes without a word has ended the conversation; that is not a failure. */
  private static boolean isPlainClose(StompException cause) {
    return cause instanceof ConnectionLostException && cause.getCause() == null;
  }
}
