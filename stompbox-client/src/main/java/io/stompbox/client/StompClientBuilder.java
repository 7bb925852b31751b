package io.stompbox.client;

import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects how to make a client. Not safe to share between threads. */
public final class StompClientBuilder {
  private final FailoverUri brokers;
  private ConnectOptions connect = ConnectOptions.defaults();
  private Bounds bounds = Bounds.defaults();
  private ReconnectPolicy reconnect;
  private @Nullable BrokerProfile profile;
  private DuplicateDetection duplicates = DuplicateDetection.standard();
  private @Nullable String repeatMark;
  private Consumer<StateChange> stateListener = change -> {};

  private final List<ClientObserver> observers = new ArrayList<>();
  private final Map<String, StompListener> listeners = new LinkedHashMap<>();

  StompClientBuilder(FailoverUri brokers) {
    this.brokers = brokers;
    this.reconnect = brokers.policy();
  }

  /** Sets how a physical connection is made. */
  public StompClientBuilder connect(ConnectOptions options) {
    this.connect = options;
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

  /** Sets how long to wait for what. */
  public StompClientBuilder timeouts(Timeouts timeouts) {
    this.connect = connect.with(timeouts);
    return this;
  }

  /**
   * Sets what kind of broker it is, for one that does not say so in CONNECTED or that was set up
   * otherwise than its kind. By default that is found at each connection.
   */
  public StompClientBuilder profile(BrokerProfile known) {
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

  /** Sets when and how often to reconnect; it takes the place of the URI's options. */
  public StompClientBuilder reconnect(ReconnectPolicy policy) {
    this.reconnect = policy;
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
    if (listeners.putIfAbsent(name, listener) != null) {
      throw new IllegalArgumentException(
          "there is a listener '" + name + "' already; each needs a name of its own");
    }
    return this;
  }

  /** Connects; throws as {@link StompClient#connect(String)} does. */
  public StompClient connect() {
    StompClient client = create();
    client.open();
    return client;
  }

  /**
   * Connects without waiting. The stage completes on a thread of the client, with the client or
   * with what {@link #connect()} would throw.
   */
  public CompletionStage<StompClient> connectAsync() {
    return create().openLater();
  }

  private StompClient create() {
    return new StompClient(
        brokers,
        new ClientOptions(
            connect,
            bounds,
            reconnect,
            profile,
            duplicates,
            repeatMark,
            stateListener,
            new Watchers(observers, listeners)));
  }
}
