package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import java.util.ArrayDeque;
import org.fusesource.stomp.client.Future;
import org.fusesource.stomp.client.FutureConnection;
import org.fusesource.stomp.codec.StompFrame;
import org.jspecify.annotations.Nullable;

/** StompJMS by its futures. */
final class StompJmsClient implements ClientSubject {
  /** Frames that may be on their way to the socket. */
  private static final int UNDER_WAY = 1000;

  @Override
  public String name() {
    return "stompjms";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "FutureConnection, STOMP 1.1: each send and receive is a task of a HawtDispatch queue;"
        + " up to 1,000 sends under way; messages are pulled";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return scenario.transport() == Transport.TCP;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) throws Exception {
    FutureConnection connection = StompJmsFrames.client(endpoint).connectFuture().await();
    return new LibraryRun<>(new Connected(connection, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<StompFrame> {
    private final FutureConnection connection;
    private final String ack;
    private final int window;
    private final ArrayDeque<Future<Void>> sends = new ArrayDeque<>();
    private final ArrayDeque<Future<StompFrame>> receipts = new ArrayDeque<>();
    private @Nullable Receiver<StompFrame> receiver;
    private int subscriptions;

    Connected(FutureConnection connection, Scenario scenario) {
      this.connection = connection;
      this.ack = Brokers.ackMode(scenario);
      this.window = scenario.window();
    }

    @Override
    public void send(String destination, byte[] body) throws Exception {
      put(StompJmsFrames.send(destination, body));
    }

    private void put(StompFrame frame) throws Exception {
      if (sends.size() == UNDER_WAY) {
        sends.removeFirst().await();
      }
      sends.addLast(connection.send(frame));
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      if (receipts.size() == window) {
        receipts.removeFirst().await();
      }
      receipts.addLast(connection.request(StompJmsFrames.send(destination, body)));
    }

    @Override
    public void sync() throws Exception {
      connection.request(StompJmsFrames.sync()).await();
      while (!receipts.isEmpty()) {
        receipts.removeFirst().await();
      }
      while (!sends.isEmpty()) {
        sends.removeFirst().await();
      }
    }

    @Override
    public void subscribe(String destination, Receiver<StompFrame> to) throws Exception {
      receiver = to;
      connection.send(StompJmsFrames.subscribe(destination, ack, ++subscriptions)).await();
    }

    @Override
    public void ack(StompFrame message) throws Exception {
      put(StompJmsFrames.ack(message));
    }

    @Override
    public void pump(long messages) throws Exception {
      Receiver<StompFrame> to = receiver;
      for (long i = 0; to != null && i < messages; i++) {
        StompFrame frame = connection.receive().await();
        StompJmsFrames.give(frame, to);
      }
    }

    @Override
    public void close() {
      var unused = connection.close();
    }
  }
}
