package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One logical connection to a broker, over as many physical ones as it takes.
 *
 * <p>After a loss it connects again, subscribes again and repeats sends that were not confirmed.
 * What that means for a message is said at {@link #send(Outgoing)}, {@link #sendConfirmed} and
 * {@link Acknowledgement}. Safe to share between threads; blocking calls may be made from handlers.
 */
public final class StompClient implements AutoCloseable {
  private final ClientOptions options;
  private final Callbacks callbacks;
  private final Outbox outbox;
  private final Lifecycle lifecycle;
  private final Sends sends;
  private final Subscriptions subscriptions;
  private final Reconnector reconnector;
  private final Transactions transactions;
  private final Requester requester;
  private final Closing closing;

  /** Creates one that is not connected. */
  StompClient(List<BrokerAddress> brokers, ClientOptions options) {
    this.options = options;
    this.callbacks = new Callbacks(options.hooks().executor());
    Observation observation = new Observation(options.hooks().observers(), callbacks.serial());
    options.hooks().listeners().forEach(observation.listeners()::add);
    this.outbox = new Outbox(options.bounds(), options.connect().time(), observation);
    this.lifecycle =
        new Lifecycle(options.hooks().stateListener(), callbacks.serial(), observation);
    Receipts receipts = new Receipts(callbacks.handlers());
    Requests requests = new Requests(outbox, receipts, options.timeouts());
    this.sends = new Sends(requests, options, this::lastEpoch);
    this.subscriptions =
        new Subscriptions(
            requests,
            options.bounds(),
            new BodyStore(options.largeBodies()),
            callbacks.handlers(),
            sends::confirmed);
    this.reconnector = new Reconnector(brokers, options, outbox, subscriptions, lifecycle);
    this.transactions = new Transactions(requests, subscriptions, reconnector, options);
    this.requester = new Requester(requests, subscriptions, reconnector, options);
    this.closing = new Closing(lifecycle, outbox, subscriptions, reconnector, callbacks);
  }

  /**
   * Connects with everything by default. Tries each broker once and then gives up, unless the URI
   * has {@code startupMaxReconnectAttempts}; after the first connection it never gives up while a
   * broker may come back.
   *
   * @param uri {@code stomp://host:port} or a failover URI, see {@link FailoverUri}; its query may
   *     have every setting of {@link ClientSetting}
   * @throws IllegalArgumentException if the URI can't be read
   * @throws ConnectionLostException if no broker can be reached
   * @throws StompTimeoutException if the broker does not answer
   * @throws BrokerErrorException if the broker refuses
   */
  public static StompClient connect(String uri) {
    return builder(uri).connect();
  }

  /** Returns a builder for a client of the broker at {@code stomp://localhost:61613}. */
  public static StompClientBuilder builder() {
    return builder("stomp://localhost:61613");
  }

  /** Returns a builder for a client of these brokers; the URI is that of {@link #connect}. */
  public static StompClientBuilder builder(String uri) {
    return new StompClientBuilder(uri);
  }

  /**
   * Returns a builder for a client of brokers that were read already, with the options and settings
   * that stood beside them.
   *
   * @throws IllegalArgumentException if a setting is not known or can't be read
   */
  public static StompClientBuilder builder(FailoverUri brokers) {
    return new StompClientBuilder(brokers);
  }

  /** Sends UTF-8 text at most once; see {@link #send(Outgoing)}. */
  public void send(String destination, String text) {
    send(Outgoing.to(destination).text(text));
  }

  /**
   * Sends a message at most once. Returns when it is in the outgoing buffer, waiting for room there
   * if it must. While there is no connection it stays there for the next one.
   *
   * <p>Nobody knows whether it arrives: when a broker was killed under full load, more than 90 % of
   * the frames that had been written without an error were gone. Use {@link #sendConfirmed} for
   * what must not be lost.
   *
   * @throws IllegalArgumentException if the message can't be sent in the connection's version, is
   *     larger than its broker takes, asks for what that does not have, or has a receipt of its
   *     own; nothing was sent
   * @throws StompTimeoutException if there is no room in time; nothing was sent
   * @throws ConnectionLostException if the client is closed or has given up; nothing was sent
   * @throws CancellationException if the thread is interrupted while it waits; nothing was sent
   */
  public void send(Outgoing message) {
    sends.plain(message);
  }

  /**
   * As {@link #send(Outgoing)}, but never waits: false if there is no room, and nothing is sent.
   */
  public boolean trySend(Outgoing message) {
    return sends.tryPlain(message);
  }

  /**
   * Sends a message at least once. Returns when it is in the outgoing buffer; the confirmation says
   * later that the broker has it. Until then it is kept and sent again after each loss, oldest
   * first, so it may arrive more than once; {@link Outcome.Confirmed} says when. A broker that
   * detects duplicates drops second copies, see {@link DuplicateDetection}.
   *
   * <p>Waits while too many sends are unconfirmed; throws as {@link #send(Outgoing)} does, but
   * takes a receipt of the message's own.
   *
   * @throws IllegalStateException if the broker is known to confirm nothing, see {@link
   *     BrokerProfile#SPRING}; nothing was sent
   */
  public Confirmation sendConfirmed(Outgoing message) {
    return sends.confirmed(message);
  }

  /**
   * As {@link #sendConfirmed}, but never waits: empty if there is no room, be it in the outgoing
   * buffer or among the unconfirmed sends, and nothing is sent.
   */
  public Optional<Confirmation> trySendConfirmed(Outgoing message) {
    return sends.tryConfirmed(message);
  }

  /**
   * Waits until everything that was sent before has been written to the network.
   *
   * @throws StompTimeoutException if that takes longer than {@code limit}
   * @throws InterruptedException if the thread is interrupted
   */
  public void flush(Duration limit) throws InterruptedException {
    sends.flush(limit);
  }

  /** Subscribes to pull messages, with everything by default. */
  public Subscription subscribe(String destination) {
    return subscribe(destination, SubscribeOptions.defaults());
  }

  /**
   * Subscribes to pull messages. Throws as {@link #subscribe(String, SubscribeOptions,
   * MessageHandler)} does.
   */
  public Subscription subscribe(String destination, SubscribeOptions how) {
    return subscriptions.subscribe(destination, how, null);
  }

  /** Subscribes with a handler, with everything else by default. */
  public Subscription subscribe(String destination, MessageHandler handler) {
    return subscribe(destination, SubscribeOptions.defaults(), handler);
  }

  /**
   * Subscribes with a handler. Returns when the broker has confirmed; messages may come before.
   * Waits for a connection if there is none.
   *
   * @throws BrokerErrorException if the broker refuses
   * @throws StompTimeoutException if it does not confirm in time
   * @throws ConnectionLostException if the client is closed or has given up
   * @throws IllegalArgumentException if the destination is blank, there is a subscription with the
   *     same id, or the broker can't do what {@code how} asks for
   * @throws CancellationException if the thread is interrupted while it waits
   */
  public Subscription subscribe(String destination, SubscribeOptions how, MessageHandler handler) {
    return subscribeFor(Recipient.of(handler), destination, how);
  }

  Subscription subscribeFor(Recipient recipient, String destination, SubscribeOptions how) {
    return subscriptions.subscribe(destination, how, recipient);
  }

  /**
   * Waits for the next message of any subscription that has no handler: that which came first,
   * whatever its subscription. With an acknowledgement after processing, asking for the next one
   * acknowledges the one before. For one thread at a time, as {@link Subscription#receive}.
   *
   * @return the message; empty if none came within {@code limit}, or the client was closed
   * @throws StompException what ended a subscription, told once for each, or the client
   * @throws InterruptedException if the thread is interrupted; no message is lost
   */
  public Optional<Delivery> receive(Duration limit) throws InterruptedException {
    return subscriptions.pulls().receive(limit);
  }

  /**
   * Returns the messages of all subscriptions that have no handler as {@link #receive} does, until
   * the client is closed. {@code hasNext} waits; interrupting the thread ends it with {@link
   * CancellationException}.
   */
  public Iterable<Delivery> messages() {
    Pulls pulls = subscriptions.pulls();
    return () -> new Coming<>("messages", pulls::await);
  }

  /** Runs {@link #loop(LoopOptions, LoopHandler)} with everything by default. */
  public <R, E extends Exception> Optional<R> loop(LoopHandler<R, E> handler)
      throws E, InterruptedException {
    return loop(LoopOptions.defaults(), handler);
  }

  /**
   * Gives the messages of all subscriptions that have no handler to {@code handler}, one after the
   * other, on this thread, until it returns something. Each is acknowledged when the handler
   * returns, if its subscription has an acknowledgement after processing; where it throws, the
   * {@link ErrorPolicy} of the subscription decides, and the exception ends the loop. In a
   * transaction such a message is left for the program to settle. Receipts, recovery and handlers
   * of other subscriptions go on meanwhile.
   *
   * @return what the handler returned; empty when the client was closed
   * @throws E what the handler throws
   * @throws StompTimeoutException if a message does not come within the limit
   * @throws StompException as {@link #receive}
   * @throws IllegalStateException if another loop runs, and as {@link Transaction#receive}
   * @throws InterruptedException if the thread is interrupted while it waits; no message is lost
   */
  public <R, E extends Exception> Optional<R> loop(LoopOptions how, LoopHandler<R, E> handler)
      throws E, InterruptedException {
    return new Loop<>(subscriptions.pulls(), how, handler).run();
  }

  /**
   * Sends a request and waits for its reply: the first message that comes back with its
   * correlation-id, which the client makes unless the message has one. Where to is written by the
   * client in {@code reply-to}. The request is sent once, never again.
   *
   * <p>The first request makes the place where replies come, and on most brokers waits for the
   * receipt of a SUBSCRIBE as well. With ActiveMQ Classic and RabbitMQ replies come to a
   * destination of the connection's own, so a loss of the connection ends the wait. With others
   * they come to a queue, and a reply to a request that the broker had confirmed comes after the
   * loss as well.
   *
   * @param limit for the connection and the reply
   * @throws StompTimeoutException if no reply comes in time
   * @throws ConnectionLostException if the reply can't come any more, or the client is closed; the
   *     request may have been handled
   * @throws BrokerErrorException if the broker refuses the request
   * @throws IllegalArgumentException as {@link #send(Outgoing)}, and if the message has a receipt
   *     or a reply-to of its own
   * @throws InterruptedException if the thread is interrupted; the request may be handled all the
   *     same
   */
  public Delivery request(Outgoing message, Duration limit) throws InterruptedException {
    return requester.request(message, limit);
  }

  /** Answers requests that come to a destination, with everything else by default. */
  public Subscription reply(String destination, ReplyHandler handler) {
    return reply(destination, SubscribeOptions.defaults(), handler);
  }

  /**
   * Answers requests that come to a destination. A reply is sent at least once, and the request
   * counts as processed when the broker has confirmed it. A request that does not say where its
   * reply goes makes {@link Delivery#reply()} throw, and is what the {@link ErrorPolicy} makes of
   * it.
   *
   * <p>Where a broker refuses a reply, that ends the connection, and the request comes again on the
   * next. The handler is not called for it then: it counts as failed with what the broker said, so
   * that the {@link ErrorPolicy} is applied where the broker hears of it. The {@link
   * HandlerErrorListener} is told both times.
   *
   * <p>Throws as {@link #subscribe(String, SubscribeOptions, MessageHandler)} does.
   */
  public Subscription reply(String destination, SubscribeOptions how, ReplyHandler handler) {
    Objects.requireNonNull(handler, "handler");
    Duration limit = options.timeouts().delivery();
    return subscribe(destination, how, new Replying(handler, this::sendConfirmed, limit));
  }

  /**
   * Begins a transaction on the current connection, waiting for one if there is none.
   *
   * @throws StompTimeoutException if there is no connection in time
   * @throws ConnectionLostException if the client is closed or has given up
   * @throws TransactionRolledBackException if the connection is lost just then
   * @throws IllegalStateException if the broker is known to confirm nothing, see {@link
   *     BrokerProfile#SPRING}
   */
  public Transaction begin() {
    return transactions.begin();
  }

  /**
   * As {@link #begin()}, with an id of the program's own.
   *
   * @throws IllegalArgumentException if it is blank, of the form {@code t-1}, which is the client's
   *     own, or that of a transaction that is open
   */
  public Transaction begin(String id) {
    return transactions.begin(id);
  }

  /** Closes the subscription with this id; false if there is none, which does no harm. */
  public boolean unsubscribe(String id) {
    return subscriptions.close(subscription -> subscription.id().equals(id)) > 0;
  }

  /** Closes all subscriptions to a destination, and returns how many; 0 does no harm. */
  public int unsubscribeFrom(String destination) {
    return subscriptions.close(subscription -> subscription.destination().equals(destination));
  }

  /** The subscriptions that are open, in the order in which they were made. */
  public List<Subscription> subscriptions() {
    return subscriptions.open().stream().filter(Subscription::isOpen).toList();
  }

  /**
   * Runs {@code work} in a transaction: commits when it returns, aborts when it throws.
   *
   * @throws E what the work throws; the transaction was aborted
   * @throws TransactionRolledBackException if the connection was lost before COMMIT was written
   * @throws TransactionInDoubtException if it was lost after
   */
  public <E extends Exception> void inTransaction(TransactionWork<E> work) throws E {
    inTransaction(work, 0);
  }

  /**
   * As {@link #inTransaction(TransactionWork)}, but runs all of {@code work} again, in another
   * transaction, after a {@link TransactionRolledBackException}: the broker has undone what it did
   * before, and the program has to see to everything else that it did. It is not run again when the
   * transaction is in doubt.
   *
   * @param retries how often it is run again at most
   */
  public <E extends Exception> void inTransaction(TransactionWork<E> work, int retries) throws E {
    inTransaction(work, TransactionRetries.afterRollback(retries));
  }

  /**
   * As {@link #inTransaction(TransactionWork)}, but runs all of {@code work} again when {@code
   * retries} say so.
   *
   * @throws IllegalStateException if it would be run again in doubt, but its messages would have no
   *     ids with this broker
   */
  public <E extends Exception> void inTransaction(
      TransactionWork<E> work, TransactionRetries retries) throws E {
    transactions.run(work, retries);
  }

  /** Returns a view of this client that sends to one destination. */
  public DestinationPublisher publisher(String destination) {
    return new DestinationPublisher(Outgoing.to(destination), this::send, this::sendConfirmed);
  }

  /** The same client for programs that work with stages and must not wait. */
  public AsyncClient async() {
    return new AsyncClient(this, sends, requester, closing, callbacks.handlers());
  }

  /** The same client for programs that work with reactive streams. */
  public FlowClient flow() {
    return new FlowClient(this, callbacks.handlers(), options.bounds().unconfirmed());
  }

  /** Connects for the first time, or closes. */
  void open() {
    try {
      options.largeBodies().check();
      reconnector.connect();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** As {@link #open}, on a thread of its own; completing the stage otherwise ends the attempt. */
  CompletionStage<StompClient> openLater() {
    CompletionStage<StompClient> connected =
        Later.run(
            callbacks.handlers(),
            () -> {
              open();
              return this;
            });
    var unused = connected.whenComplete((client, failure) -> closeUnless(client == this));
    return connected;
  }

  /** On another thread, as whoever does not want the client any more must not wait for its end. */
  private void closeUnless(boolean isWanted) {
    if (!isWanted && state() != ClientState.CLOSED) {
      Threads.startOrRun("stompbox-closing", () -> close(Duration.ZERO));
    }
  }

  /** Where the client stands. */
  public ClientState state() {
    return lifecycle.state();
  }

  /** The number of the last physical connection, from 1; 0 before the first. */
  public int epoch() {
    return reconnector.epochs();
  }

  /** What was agreed with the broker at the last CONNECTED. */
  public Agreement agreement() {
    return Objects.requireNonNull(reconnector.last(), "connected once").link().agreement();
  }

  /** The CONNECTED frame of the last connection. */
  public Frame connected() {
    return Objects.requireNonNull(reconnector.last(), "connected once").link().connected();
  }

  private @Nullable Epoch lastEpoch() {
    return reconnector.last();
  }

  /** What kind of broker it was at the last CONNECTED, or what the program has said it is. */
  public BrokerProfile profile() {
    return Objects.requireNonNull(reconnector.last(), "connected once").profile();
  }

  /** Those who hear of what happens, by name. */
  public Listeners listeners() {
    return outbox.observation().listeners();
  }

  /** How long ago octets went over the last connection, heart-beats included. */
  public Traffic traffic() {
    return Objects.requireNonNull(reconnector.last(), "connected once").link().traffic();
  }

  /**
   * Returns a stage that completes when the client has ended: with the report of {@link
   * #close(Duration)} once that is done, or exceptionally, with the {@link StompException} that
   * made it give up: a loss after which it may not or could not connect again, or a broker that
   * refuses it for good. What depends on it runs on a thread of the client, or the one that closes
   * it.
   */
  public CompletionStage<CloseReport> ended() {
    return lifecycle.end().minimalCompletionStage();
  }

  /** What became of the sends so far. */
  public SendCounts sends() {
    return outbox.counter().counts();
  }

  /** What was received so far. */
  public ReceiveCounts received() {
    return subscriptions.counts();
  }

  /** Closes within the limit that was set for closing; see {@link #close(Duration)}. */
  @Override
  public void close() {
    close(options.timeouts().close());
  }

  /**
   * Closes: takes no new work, lets handlers finish, waits for confirmations, says goodbye to the
   * broker and ends the connection; at the limit it ends hard, with zero at once. May be called
   * from any thread, also from a handler, which is not waited for then. Afterwards no handler
   * starts and no thread of the client remains. The second call returns what the first did.
   *
   * <p>Interrupting the thread skips what is left of the waiting.
   */
  public CloseReport close(Duration limit) {
    return close(limit, Farewell.standard());
  }

  /** As {@link #close(Duration)}, with another farewell than the standard one. */
  public CloseReport close(Duration limit, Farewell how) {
    return closing.close(limit, how);
  }

  /** Shows the state and the broker, never credentials. */
  @Override
  public String toString() {
    Epoch epoch = reconnector.last();
    return "StompClient(" + state() + (epoch == null ? "" : " " + epoch.link().address()) + ")";
  }
}
