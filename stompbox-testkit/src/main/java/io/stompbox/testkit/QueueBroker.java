package io.stompbox.testkit;

import io.stompbox.protocol.session.ServerSession;

/**
 * A small broker in memory. Every destination is a queue: each message goes to one subscription, in
 * turn, and waits while nobody subscribes. What was given out and not acknowledged when its
 * subscription or connection ends takes its old place in the queue and goes to somebody else, with
 * the header {@code redelivered:true}. What is refused with NACK goes to {@link #DEAD_LETTERS}.
 *
 * <p>To serve sockets, let a {@link ScriptedBroker} hand its connections over:
 *
 * <pre>{@code
 * QueueBroker queues = new QueueBroker();
 * try (ScriptedBroker broker = ScriptedBroker.start()) {
 *   broker.onConnection(Peer::reset); // the first connection breaks
 *   broker.otherwise(queues::serve); // all others work
 *   ...
 * }
 * }</pre>
 *
 * <p>To do without sockets, use {@link #connect}. Safe to share between threads.
 */
public final class QueueBroker {
  /** Where messages go that are refused with NACK. */
  public static final String DEAD_LETTERS = "/queue/dead-letters";

  private final QueueBrokerOptions options;

  /** Guarded by this. */
  private final QueueStore store;

  /** How many connections there have been. Guarded by this. */
  private long connections;

  /** Creates a broker with the default options. */
  public QueueBroker() {
    this(QueueBrokerOptions.defaults());
  }

  /** Creates a broker. */
  public QueueBroker(QueueBrokerOptions options) {
    this.options = options;
    this.store = new QueueStore(options);
  }

  QueueBrokerOptions options() {
    return options;
  }

  /** Returns how many messages wait in a queue; those that were given out are not among them. */
  public synchronized int waiting(String destination) {
    return store.waiting(destination);
  }

  /** Returns how many messages were given out and wait for their acknowledgement. */
  public synchronized int unacknowledged() {
    return store.givenOut();
  }

  /** Returns the connection of a client that connects at {@code now}. */
  public BrokerConnection connect(long now) {
    return connect(now, () -> {});
  }

  /**
   * Returns the connection of a client that connects at {@code now}.
   *
   * @param outputReady is called when there is output to take or the session is over, also by other
   *     connections' threads; must not block
   */
  public synchronized BrokerConnection connect(long now, Runnable outputReady) {
    connections++;
    ServerSession session = new ServerSession("session-" + connections, options.session(), now);
    return new BrokerConnection(this, store, session, outputReady);
  }

  /**
   * Plays broker to a client from its CONNECT on, until the connection ends, and closes it. A
   * {@link ScriptedBroker.Script}.
   */
  public void serve(Peer peer) throws InterruptedException {
    new PeerService(peer, this).run();
  }
}
