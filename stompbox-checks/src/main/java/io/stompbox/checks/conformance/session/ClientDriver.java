package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.client.ClientState;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Credentials;
import io.stompbox.client.Offer;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.Timeouts;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client, with threads, sockets and the clock on the wall. Time that a script lets pass is the
 * time in which what it asks for next may come true; nobody sleeps longer than that takes.
 */
final class ClientDriver implements Driver {
  /** How long what must come may take on a slow machine, beyond what the script allows. */
  private static final long PATIENCE_MILLIS = 3000;

  /** How long what must not come is waited for. */
  private static final long QUIET_MILLIS = 40;

  /** As before, after a script has let time pass. */
  private static final long LONG_QUIET_MILLIS = 200;

  private static final int POLL_NANOS = 500_000;

  private final Ledger ledger = new Ledger();
  private final RawPeer peer = new RawPeer(ledger);
  private final ExecutorService background = Executors.newCachedThreadPool(ClientDriver::thread);
  private final CompletableFuture<StompClient> client = new CompletableFuture<>();
  private final ClientSubscriptions subscriptions = new ClientSubscriptions(ledger);
  private final AtomicInteger supplierCalls = new AtomicInteger();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final LogCapture log = new LogCapture();
  private final Config config;

  /** Until when the script lets things happen. */
  private long budgetEnd = RawPeer.millis();

  private boolean connecting;

  /** The number of the connection that was answered last. */
  private int handshakes;

  ClientDriver(Config config) {
    this.config = config;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "script");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  /** How many connections the client has made or tried to make. */
  int attempts() {
    return peer.accepted();
  }

  /** How many connections there were when one was answered last. */
  int handshakes() {
    return handshakes;
  }

  /** All that was logged, and what the client's values say of themselves. */
  String told() {
    return log.text() + String.join("\n", said);
  }

  /** How often credentials were asked for. */
  int supplierCalls() {
    return supplierCalls.get();
  }

  /** Lets this many attempts to connect fail, the one that waits for its answer included. */
  void failNext(int number) {
    peer.failNext(number);
  }

  @Override
  public void perform(Action action, Call call) {
    switch (action.name()) {
      case "connect" -> connect(action, call);
      case "send", "send_text", "send_many", "send_parallel" ->
          later(call, c -> ClientSends.perform(c, action, call));
      case "subscribe" -> later(call, c -> subscriptions.subscribe(c, action, call));
      case "unsubscribe" -> later(call, c -> subscriptions.unsubscribe(action, call));
      case "disconnect" -> background.execute(() -> disconnect(action, call));
      default -> throw new CaseFormatException("the client of this runner can't " + action.name());
    }
  }

  /** What waits for the connection, or for an answer, does so on a thread of its own. */
  private void later(Call call, Consumer<StompClient> work) {
    CompletableFuture<Void> made =
        client.thenAcceptAsync(
            connected -> attempt(call, () -> work.accept(connected)), background);
    if (client.isDone()) {
      awaits(made::isDone);
    }
  }

  private static void attempt(Call call, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException | NullPointerException | IllegalStateException e) {
      call.refuse(Texts.category(e, SessionState.CONNECTED, Version.V1_2));
    } catch (RuntimeException e) {
      call.finish(ClientAnswers.failure(e));
    }
  }

  private void connect(Action action, Call call) {
    if (connecting) {
      throw new CaseFormatException("a client of this runner can connect only once");
    }
    connecting = true;
    StompClientBuilder builder = builder(action);
    background.execute(
        () -> {
          try {
            client.complete(builder.connect());
            call.finish(Call.ok());
            said.add(client.join().toString());
          } catch (RuntimeException e) {
            said.add(e.toString());
            call.finish(ClientAnswers.failure(e));
            client.completeExceptionally(e);
          }
        });
  }

  private StompClientBuilder builder(Action action) {
    Offer offer =
        Offer.standard()
            .with(config.heartBeat())
            .with(config.tolerance())
            .withVirtualHost(action.text("vhost"));
    for (Header header : action.headers()) {
      offer = offer.withHeader(header.name(), header.value());
    }
    Credentials credentials = new Credentials(action.text("login"), action.text("passcode"));
    Timeouts timeouts = Timeouts.defaults();
    if (action.timeoutMillis().isPresent()) {
      timeouts = timeouts.withConnect(Duration.ofMillis(action.timeoutMillis().orElseThrow()));
    }
    ConnectOptions options = ConnectOptions.defaults().with(offer).with(timeouts);
    said.addAll(List.of(credentials.toString(), options.toString()));
    return StompClient.builder("stomp://127.0.0.1:" + peer.port())
        .connect(
            options.with(
                () -> {
                  supplierCalls.incrementAndGet();
                  return credentials;
                }))
        .reconnect(policy())
        .onStateChange(this::changed);
  }

  /** Short delays, so that nobody waits for nothing. */
  private ReconnectPolicy policy() {
    Duration first = Duration.ofMillis(1);
    BackOff quick =
        new BackOff(first, Duration.ofMillis(20), 2, new BackOff.Jitter.Additive(first));
    return config.reconnect()
        ? ReconnectPolicy.standard().with(quick).withStartupRetries(ReconnectPolicy.FOREVER)
        : ReconnectPolicy.never();
  }

  private void changed(StateChange change) {
    if (change.from() == ClientState.CONNECTED && change.cause().isPresent()) {
      Seen failure = ClientAnswers.failure(change.cause().get());
      ledger.add(new Seen("failed", failure.details()));
    }
  }

  private void disconnect(Action action, Call call) {
    StompClient connected = client.join();
    if (action.timeoutMillis().isPresent()) {
      connected.close(Duration.ofMillis(action.timeoutMillis().orElseThrow()));
    } else {
      connected.close();
    }
    call.finish(Call.ok());
  }

  @Override
  public void handshake(Version version, String more, Call call) {
    boolean again = connecting;
    int epoch = again ? client.join().epoch() : 0;
    if (!again) {
      connect(Action.connect(), call);
    }
    if (awaits(peer::isWaitingForAnswer)) {
      handshakes = peer.accepted();
      peer.send(Texts.connected(version, more).toBytes());
    }
    if (again && awaits(() -> client.join().epoch() > epoch)) {
      call.finish(Call.ok());
    }
  }

  @Override
  public void serverSends(Body octets) {
    peer.send(octets.toBytes());
  }

  @Override
  public void serverEnds(ServerEnd how) {
    peer.end(how);
    // Else what is sent next may be written to a connection that nobody reads any more.
    StompClient connected = connected();
    awaits(() -> connected == null || connected.state() != ClientState.CONNECTED);
  }

  @Override
  public void advance(long millis) {
    budgetEnd = RawPeer.millis() + millis;
  }

  @Override
  public long millis() {
    return RawPeer.millis();
  }

  @Override
  public boolean awaits(BooleanSupplier condition) {
    long end = Math.max(budgetEnd, RawPeer.millis()) + PATIENCE_MILLIS;
    while (!holds(condition) && RawPeer.millis() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    return holds(condition);
  }

  private boolean holds(BooleanSupplier condition) {
    peer.answerSubscribes();
    StompClient connected = connected();
    if (connected != null) {
      subscriptions.noteFailures(connected);
    }
    return condition.getAsBoolean();
  }

  @Override
  public void settle() {
    long left = budgetEnd - RawPeer.millis();
    long quiet = left > QUIET_MILLIS ? Math.min(left, LONG_QUIET_MILLIS) : QUIET_MILLIS;
    long end = RawPeer.millis() + quiet;
    while (RawPeer.millis() < end) {
      holds(() -> true);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public Map<String, @Nullable String> state(String kind, @Nullable String subscription) {
    StompClient connected = connected();
    if (!kind.equals("info") || connected == null) {
      throw Texts.cannot("'" + kind + "' of the client");
    }
    return Texts.info(connected.agreement());
  }

  /** The client; null if it is not connected yet, or could not connect. */
  private @Nullable StompClient connected() {
    return client.isDone() && !client.isCompletedExceptionally() ? client.join() : null;
  }

  @Override
  public void close() {
    log.close();
    subscriptions.unblock();
    peer.close();
    StompClient connected = connected();
    if (connected != null) {
      connected.close(Duration.ofMillis(1));
    }
    background.shutdownNow();
  }

  @Override
  public String toString() {
    return "the client on a socket";
  }
}
