package io.stompbox.client;

import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.TransportOptions;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects how to make a client. Not safe to share between threads. */
public final class StompClientBuilder {
  private final List<BrokerAddress> brokers;
  private ConnectOptions connect = ConnectOptions.defaults();
  private TransportOptions transports = TransportOptions.defaults();
  private Bounds bounds = Bounds.defaults();
  private ReconnectPolicy reconnect;

  /** Whether one was chosen, be it in parts. */
  private boolean hasPolicy;

  private @Nullable BrokerProfile profile;
  private DuplicateDetection duplicates = DuplicateDetection.standard();
  private @Nullable String repeatMark;
  private ContentLength contentLength = ContentLength.AUTOMATIC;
  private LargeBodies largeBodies = LargeBodies.NONE;
  private @Nullable Executor executor;
  private Consumer<StateChange> stateListener = change -> {};

  private final List<ClientObserver> observers = new ArrayList<>();
  private final Map<String, StompListener> listeners = new LinkedHashMap<>();

  /** Creates one from a URI, which may have settings. */
  StompClientBuilder(String uri) {
    this(FailoverUri.parse(uri, SettingTarget::isSetting));
  }

  StompClientBuilder(FailoverUri parsed) {
    this.brokers = parsed.brokers();
    this.reconnect = parsed.policy();
    Map<String, String> all = new LinkedHashMap<>(parsed.options());
    all.putAll(parsed.settings());
    settings(all);
  }

  /**
   * Sets everything that {@code settings} has, by the names of {@link ClientSetting}, and how to
   * reconnect by those of {@link FailoverUri}: on top of the policy that {@code reconnect} names,
   * {@code standard}, {@code activemq}, {@code stompPy} or {@code never}, or else of the one that
   * was set before, or else of ActiveMQ's. What is set later takes the place of what was set
   * before, be it by settings or by methods.
   *
   * @throws IllegalArgumentException if a name is not known or a value can't be read; the message
   *     names both and what is possible
   */
  public StompClientBuilder settings(Map<String, String> settings) {
    new SettingTarget(this).apply(settings);
    return this;
  }

  /**
   * As {@link #settings(Map)}, from a properties file in UTF-8. A file with a passcode should be
   * readable by its owner only.
   *
   * @throws IllegalArgumentException as {@link #settings(Map)}
   * @throws UncheckedIOException if the file can't be read
   */
  public StompClientBuilder settings(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the settings in " + file + ": " + e, e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    return settings(settings);
  }

  /**
   * Sets how a physical connection is made. It takes the place of what the more special methods
   * have set before: offer, credentials, time limits and transports. What {@link
   * #allowPlainAfterTls} or a setting has allowed stays allowed, since it is about the brokers.
   */
  public StompClientBuilder connect(ConnectOptions options) {
    boolean isAllowed = connect.mixture() == TlsMixture.ALLOWED;
    this.connect = isAllowed ? options.with(TlsMixture.ALLOWED) : options;
    return this;
  }

  /** Sets what CONNECT offers. */
  public StompClientBuilder offer(Offer offer) {
    this.connect = connect.with(offer);
    return this;
  }

  /** Sets a login; it takes the place of one in the URI. */
  public StompClientBuilder credentials(String login, String passcode) {
    Credentials credentials = new Credentials(login, passcode);
    this.connect = connect.with(() -> credentials);
    return this;
  }

  /**
   * Sets how octets move to brokers: sockets, TLS, WebSocket. It takes the place of a {@link
   * TransportFactory} that was set before.
   */
  public StompClientBuilder transports(TransportOptions options) {
    this.transports = options;
    this.connect = connect.with(TransportFactory.sockets(options));
    return this;
  }

  /** Sets how long to wait for what. */
  public StompClientBuilder timeouts(Timeouts timeouts) {
    this.connect = connect.with(timeouts);
    return this;
  }

  /**
   * Sets what kind of broker it is, for one that does not say so in CONNECTED or that was set up
   * otherwise than its kind. By default, and with null, that is found at each connection.
   */
  public StompClientBuilder profile(@Nullable BrokerProfile known) {
    this.profile = known;
    return this;
  }

  /** Sets how much is held at most. */
  public StompClientBuilder bounds(Bounds limits) {
    this.bounds = limits;
    return this;
  }

  /** Sets what confirmed sends carry so that second copies can be told from first ones. */
  public StompClientBuilder duplicateDetection(DuplicateDetection detection) {
    this.duplicates = detection;
    return this;
  }

  /**
   * Lets a confirmed send that is repeated after a loss say so with {@code header:true}, so that a
   * consumer knows which messages it has to look up. By default it is repeated as it was, octet by
   * octet. {@code possible-duplicate} is a good name. The first attempt never has it: a message
   * without it is a first copy, and one with it may be either. Where the program has written the
   * header itself, its value stays.
   *
   * @throws IllegalArgumentException if the name is empty or one that the client writes itself
   */
  public StompClientBuilder markRepeats(String header) {
    if (header.isEmpty()) {
      throw new IllegalArgumentException("the name of the header for repeated sends is empty");
    }
    Outgoing.checkFree(header);
    this.repeatMark = header;
    return this;
  }

  /**
   * Sets whether content-length is written in SEND; it is by default. Without it ActiveMQ Classic
   * and Artemis make text messages, which JMS consumers may want; bodies with a NUL are refused
   * then, unless the message says otherwise: {@link Outgoing#with(ContentLength)}.
   */
  public StompClientBuilder contentLength(ContentLength writing) {
    this.contentLength = writing;
    return this;
  }

  /** Has large bodies of messages put into files; by default all are held in memory. */
  public StompClientBuilder largeBodies(LargeBodies storing) {
    this.largeBodies = storing;
    return this;
  }

  /** Sets when and how often to reconnect; it takes the place of the URI's options. */
  public StompClientBuilder reconnect(ReconnectPolicy policy) {
    this.reconnect = policy;
    this.hasPolicy = true;
    return this;
  }

  /** Sets who hears of state changes, in order and one at a time, on a thread of the client. */
  public StompClientBuilder onStateChange(Consumer<StateChange> listener) {
    this.stateListener = listener;
    return this;
  }

  /** Adds an observer, behind those that were added before; see {@link ClientObserver}. */
  public StompClientBuilder observer(ClientObserver observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /**
   * Adds a listener that hears of the first connection already, behind those that were added
   * before; {@link StompClient#listeners()} has it later.
   *
   * @throws IllegalArgumentException if the name is blank or there is a listener of that name
   */
  public StompClientBuilder listener(String name, StompListener listener) {
    Listeners.checkName(name);
    if (listeners.putIfAbsent(name, Objects.requireNonNull(listener, "listener")) != null) {
      throw new IllegalArgumentException(
          "there is a listener '" + name + "' already; each needs a name of its own");
    }
    return this;
  }

  /**
   * Lets a list have brokers with TLS and brokers without. Whoever cuts connections to the former
   * gets what is sent to the latter, passcode included, so that such a list is refused otherwise.
   * Unix domain sockets go with both.
   */
  public StompClientBuilder allowPlainAfterTls() {
    return mixture(TlsMixture.ALLOWED);
  }

  /**
   * Sets where handlers and listeners run, and what depends on outcomes; by default on threads of
   * the client's own, virtual ones where the JDK has them. The executor needs a thread for
   * everything that may run at a time, or messages wait for one. The client never shuts it down. A
   * task that it refuses, or would run on the calling thread, gets a thread of the client's. Its
   * {@code execute} must return at once: who calls it may be reading from the broker, and a client
   * whose executor waits there waits with it.
   */
  public StompClientBuilder handlerExecutor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  List<BrokerAddress> brokers() {
    return brokers;
  }

  /**
   * How a physical connection is made, as it is set so far: for a {@link Connection} that is to be
   * made as this client would.
   */
  public ConnectOptions connectOptions() {
    return connect;
  }

  /** Which brokers are tried when, as it is set so far. */
  public ReconnectPolicy reconnectPolicy() {
    return reconnect;
  }

  Bounds bounds() {
    return bounds;
  }

  StompClientBuilder mixture(TlsMixture mixture) {
    this.connect = connect.with(mixture);
    return this;
  }

  /** What the options of a failover URI change: as there, ActiveMQ's unless one was chosen. */
  ReconnectPolicy policyOrActiveMq() {
    return hasPolicy ? reconnect : ReconnectPolicy.activeMq();
  }

  TransportOptions transports() {
    return transports;
  }

  ClientOptions options() {
    return new ClientOptions(
        connect,
        bounds,
        reconnect,
        profile,
        duplicates,
        repeatMark,
        contentLength,
        largeBodies,
        new Hooks(stateListener, observers, listeners, executor));
  }

  /**
   * Connects; throws as {@link StompClient#connect(String)} does. Interrupting the thread ends the
   * attempt; {@link #connectAsync()} gives something that other threads can cancel.
   *
   * @throws IllegalArgumentException also if the folder of {@link #largeBodies} takes no files
   */
  public StompClient connect() {
    StompClient client = create();
    client.open();
    return client;
  }

  /**
   * Connects without waiting. The stage completes on a thread of the client, with the client or
   * with what {@link #connect()} would throw.
   *
   * <p>Cancelling its {@link CompletionStage#toCompletableFuture()}, or completing that in another
   * way such as by {@code orTimeout}, ends the attempt: the socket is closed, no broker is tried
   * any more, and nobody gets a client. Stages that depend on it pass no cancellation on.
   */
  public CompletionStage<StompClient> connectAsync() {
    try {
      return create().openLater();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private StompClient create() {
    connect.mixture().check(brokers);
    return new StompClient(brokers, options());
  }
}
