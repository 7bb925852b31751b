package io.stompbox.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A broker that does what a test tells it to, octet by octet. Each script plays one connection; the
 * first plays the first connection, and so on. Connections without a script are closed at once,
 * unless {@link #otherwise} says what to do with them. A connection outlives its script: what the
 * client then sends is read and passed over, up to a DISCONNECT, which gets its receipt. A script
 * that waits in {@link Peer#expectEnd} leaves that unanswered. So a script must not end while
 * another thread reads from its peer.
 *
 * <pre>{@code
 * try (ScriptedBroker broker = ScriptedBroker.start()) {
 *   broker.onConnection(
 *       peer -> {
 *         peer.handshake("1.2");
 *         peer.receiptFor(peer.expect("SEND"));
 *         peer.reset();
 *       });
 *   ...
 *   broker.assertScriptsDone();
 * }
 * }</pre>
 */
public final class ScriptedBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerSocket server;
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();

  /** One entry for each script that has ended. */
  private final BlockingQueue<ScriptResult> results = new LinkedBlockingQueue<>();

  /** Everybody who has connected. Guarded by this. */
  private final List<Peer> peers = new ArrayList<>();

  /** Plays connections that have no script of their own. Guarded by this. */
  private Script otherwise = Peer::close;

  /** Scripts that were given and whose result nobody has asked for. Guarded by this. */
  private int outstanding;

  /** How a script ended: with a failure, or as it should. */
  private record ScriptResult(Optional<Throwable> failure) {}

  private ScriptedBroker(ServerSocket server) {
    this.server = server;
  }

  /** Plays one connection. */
  @FunctionalInterface
  public interface Script {
    /** Talks to the client; what it throws is reported by {@link #assertScriptsDone}. */
    void play(Peer peer) throws Exception;
  }

  /** Starts listening on a free loopback port. */
  public static ScriptedBroker start() {
    try {
      ScriptedBroker broker =
          new ScriptedBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      startThread("stompbox-scripted-broker", broker::accept);
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on a loopback port", e);
    }
  }

  /** The port on 127.0.0.1 that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** The address to connect to. */
  public String uri() {
    return "stomp://127.0.0.1:" + port();
  }

  /**
   * Connects without a socket; counts as a connection as any other.
   *
   * @return the client's end
   */
  public MemoryConnection connectInMemory() {
    Pipe toClient = new Pipe();
    Pipe toBroker = new Pipe();
    try {
      begin(new PeerLink.InMemory(toClient, toBroker));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect in memory", e);
    }
    return new MemoryConnection(toClient, toBroker);
  }

  /** Adds the script of the next connection that has none yet. */
  public synchronized ScriptedBroker onConnection(Script script) {
    scripts.add(script);
    outstanding++;
    return this;
  }

  /**
   * Sets what plays each connection that has no script of its own, in place of closing it at once;
   * {@code queues::serve} of a {@link QueueBroker} makes them work. {@link #assertScriptsDone} does
   * not wait for it, but reports if it failed.
   */
  public synchronized ScriptedBroker otherwise(Script script) {
    otherwise = script;
    return this;
  }

  /**
   * Waits until all scripts have been played.
   *
   * @throws AssertionError if one failed, or does not end within 10 s
   */
  public void assertScriptsDone() throws InterruptedException {
    while (takeOutstanding()) {
      ScriptResult result = results.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (result == null) {
        throw new AssertionError(
            "a script has not ended within "
                + PATIENCE.toSeconds()
                + "s; "
                + scripts.size()
                + " have not begun");
      }
      if (result.failure().isPresent()) {
        Throwable failure = result.failure().get();
        throw new AssertionError("a script failed: " + failure.getMessage(), failure);
      }
    }
  }

  private synchronized boolean takeOutstanding() {
    return outstanding > 0 && outstanding-- > 0;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        serve(server.accept());
      } catch (IOException | UncheckedIOException closed) {
        // close() ends the wait, and clients may leave before they are served.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      begin(new PeerLink.OverSocket(socket));
    } catch (IOException | UncheckedIOException e) {
      socket.close();
      throw e;
    }
  }

  private void begin(PeerLink link) throws IOException {
    Peer peer = new Peer(link);
    Runnable play = register(peer, scripts.poll());
    startThread("stompbox-script", play);
  }

  private synchronized Runnable register(Peer peer, @Nullable Script script) {
    peers.add(peer);
    if (server.isClosed()) {
      // It was accepted while close() went through the others.
      peer.close();
    }
    Script fallback = otherwise;
    return script == null ? () -> playUnasked(fallback, peer) : () -> play(script, peer);
  }

  private void play(Script script, Peer peer) {
    try {
      script.play(peer);
      results.add(new ScriptResult(Optional.empty()));
      peer.awaitDisconnect();
    } catch (Throwable e) {
      results.add(new ScriptResult(Optional.of(e)));
    }
  }

  private void playUnasked(Script script, Peer peer) {
    try {
      script.play(peer);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private synchronized void fail(Throwable e) {
    outstanding++;
    results.add(new ScriptResult(Optional.of(e)));
  }

  private static void startThread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops listening and closes all connections. */
  @Override
  public synchronized void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop listening", e);
    }
    peers.forEach(Peer::close);
  }
}
