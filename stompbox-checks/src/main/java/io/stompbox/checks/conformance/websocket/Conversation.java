package io.stompbox.checks.conformance.websocket;

import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.WireFrame;
import io.stompbox.client.ClientState;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.client.Offer;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.client.transport.WebSocketOptions;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.WebSocketMessage;
import io.stompbox.testkit.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client and the server's end of its WebSocket. Both do by themselves what a case leaves out: the
 * first step that needs a connection makes it. Used by one thread.
 */
final class Conversation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Version version;
  private final Config config;
  private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<WebSocketPeer> arrivals = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /** When a client that recovers gave its connection up, in nanoTime. */
  private final BlockingQueue<Long> losses = new LinkedBlockingQueue<>();

  private final FutureTask<AutoCloseable> connecting;
  private State state = State.ASKED;
  private @Nullable WebSocketPeer server;

  /** Octets of the client that no step has looked at. */
  private byte[] unread = {};

  /** The kinds of clients. */
  enum Client {
    /** A {@link Connection}. */
    FRAME_BY_FRAME,
    /** A {@link StompClient}. */
    RECOVERING
  }

  /**
   * How the client of a case is set up.
   *
   * @param heartBeat what it offers; the server promises what it asks for, and sends nothing
   * @param versions what it offers
   */
  record Config(
      WebSocketOptions options, Client client, HeartBeat heartBeat, Set<Version> versions) {}

  private enum State {
    /** The client wants a WebSocket. */
    ASKED,
    /** It has one, and CONNECT has not been read. */
    UPGRADED,
    /** CONNECT has been read and not been answered. */
    CONNECT_READ,
    /** CONNECTED was sent. */
    CONNECTED
  }

  Conversation(Version version, Config config) {
    this.version = version;
    this.config = config;
    String uri = "ws://127.0.0.1:" + broker.port() + "/stomp";
    ConnectOptions connect =
        ConnectOptions.defaults()
            .with(TransportFactory.sockets(config.options()))
            .with(Offer.standard().with(config.heartBeat()).with(config.versions()));
    this.connecting =
        new FutureTask<>(
            () ->
                switch (config.client()) {
                  case FRAME_BY_FRAME -> Connection.open(BrokerAddress.parse(uri), connect);
                  case RECOVERING -> recovering(uri, connect);
                });
    expectArrival();
    Thread thread = new Thread(connecting, "conformance-client");
    thread.setDaemon(true);
    thread.start();
  }

  private StompClient recovering(String uri, ConnectOptions connect) {
    return StompClient.builder(uri)
        .connect(connect)
        .onStateChange(
            change -> {
              if (change.to() == ClientState.RECOVERING) {
                losses.add(System.nanoTime());
              }
            })
        .connect();
  }

  private void expectArrival() {
    broker.onConnection(
        peer -> {
          arrivals.add(WebSocketPeer.of(peer));
          // The steps of the case read from it, and nobody else may.
          over.await();
        });
  }

  /** Returns the server's end, whether it has answered the upgrade request or not. */
  WebSocketPeer asked() throws InterruptedException {
    WebSocketPeer peer = server;
    if (peer == null) {
      peer = arrival(PATIENCE);
      server = peer;
    }
    return peer;
  }

  private WebSocketPeer arrival(Duration limit) throws InterruptedException {
    WebSocketPeer arrived = arrivals.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (arrived == null) {
      throw new Mismatch("a WebSocket within " + limit.toMillis() + "ms", "none");
    }
    return arrived;
  }

  /** Answers the upgrade request; null selects no sub-protocol. */
  void select(@Nullable String subProtocol) throws InterruptedException {
    asked().accept(subProtocol);
    state = State.UPGRADED;
  }

  /** Returns the server's end after the upgrade. */
  private WebSocketPeer upgraded() throws InterruptedException {
    if (state == State.ASKED) {
      select("v" + version.text().replace(".", "") + ".stomp");
    }
    return asked();
  }

  /** Returns the server's end after CONNECTED. */
  WebSocketPeer connected() throws InterruptedException {
    WebSocketPeer peer = upgraded();
    if (state == State.UPGRADED) {
      nextFrame();
    }
    if (state == State.CONNECT_READ) {
      String line = version == Version.V1_0 ? "" : "version:" + version.text() + "\n";
      HeartBeat beats = config.heartBeat();
      String promise = beats.receiveMillis() + "," + beats.sendMillis();
      peer.send(WebSocketMessage.text("CONNECTED\n" + line + "heart-beat:" + promise + "\n\n^@"));
      state = State.CONNECTED;
      client(AutoCloseable.class);
    }
    return peer;
  }

  /** Waits for the client's next message. */
  Optional<WebSocketMessage> nextMessage() throws InterruptedException {
    return connected().next();
  }

  /** Waits for the client's next frame, CONNECT being the first; empty if it leaves. */
  Optional<WireFrame> nextFrame() throws InterruptedException {
    WebSocketPeer peer = upgraded();
    state = state == State.UPGRADED ? State.CONNECT_READ : state;
    Optional<WireFrame.Read> read = WireFrame.read(unread, lineEnds());
    while (read.isEmpty()) {
      Optional<WebSocketMessage> message = peer.next();
      if (message.isEmpty()) {
        return Optional.empty();
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(unread);
      all.writeBytes(message.get().payload().toBytes());
      unread = all.toByteArray();
      read = WireFrame.read(unread, lineEnds());
    }
    unread = Arrays.copyOfRange(unread, read.get().end(), unread.length);
    return read.map(WireFrame.Read::frame);
  }

  private int lineEnds() {
    int count = 0;
    while (count < unread.length && unread[count] == '\n') {
      count++;
    }
    return count;
  }

  /** Returns the client of a case that is about single frames. */
  Connection connection() throws InterruptedException {
    connected();
    return client(Connection.class);
  }

  private <T> T client(Class<T> type) throws InterruptedException {
    try {
      return type.cast(connecting.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new Mismatch("a client that is connected", String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new Mismatch("a client that is connected", "one that is not");
    }
  }

  /** Waits for the failure of the client and returns what it comes from. */
  Throwable failure() throws InterruptedException {
    try {
      if (state == State.CONNECTED) {
        Optional<Frame> frame = connection().receive(PATIENCE);
        throw new Mismatch("a failure", frame.map(Frame::toString).orElse("an orderly end"));
      }
      connecting.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      throw new Mismatch("a failure", "a client that is connected");
    } catch (StompTimeoutException | TimeoutException e) {
      throw new Mismatch("a failure", "none");
    } catch (StompException | ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  /** Waits until the client has closed its side, skipping what it still sends. */
  void awaitClose() throws InterruptedException {
    WebSocketPeer peer = connected();
    while (peer.next().isPresent()) {
      // What it sends before it leaves is nothing that this is about.
    }
  }

  /** Ends the connection without a close frame. */
  void cut() throws InterruptedException {
    connected().stomp().close();
  }

  /** Waits until the client finds that nothing comes from the server. */
  void awaitLoss() throws InterruptedException {
    connected();
    expectArrival();
    Long at = losses.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (at == null) {
      throw new Mismatch("a client that gives a silent connection up", "one that does not");
    }
    losses.add(at);
  }

  /** Waits until the client comes again; what follows is about its new connection. */
  void awaitReconnect(Duration limit) throws InterruptedException {
    awaitLoss();
    long at = losses.remove();
    WebSocketPeer again = arrival(PATIENCE);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at);
    if (millis > limit.toMillis()) {
      throw new Mismatch("to reconnect within " + limit.toMillis() + "ms", "after " + millis);
    }
    server = again;
    state = State.ASKED;
    unread = new byte[0];
  }

  @Override
  public void close() {
    broker.close();
    over.countDown();
    try {
      if (connecting.isDone()) {
        connecting.get().close();
      } else {
        connecting.cancel(true);
      }
    } catch (Exception ignored) {
      // Its server is gone, and steps have looked at what counts.
    }
  }
}
