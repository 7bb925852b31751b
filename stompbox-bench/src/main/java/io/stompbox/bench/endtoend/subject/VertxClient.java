package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.stomp.Frame;
import io.vertx.ext.stomp.StompClient;
import io.vertx.ext.stomp.StompClientConnection;
import io.vertx.ext.stomp.StompClientOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The client of vertx-stomp. */
final class VertxClient implements ClientSubject {
  /** Sends that may wait for the receipt that Vert.x asks for in any case. */
  private static final int UNASKED = 1000;

  @Override
  public String name() {
    return "vertx";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "StompClient; every SEND and ACK asks for a receipt with a random UUID, so there is no"
        + " sending without; 1,000 of them outstanding where the scenario asks for none";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return scenario.transport() == Transport.TCP;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) throws Exception {
    Vertx vertx = Vertx.vertx();
    StompClientOptions options =
        new StompClientOptions()
            .setHost(Endpoint.HOST)
            .setPort(endpoint.port())
            .setLogin(Brokers.LOGIN)
            .setPasscode(Brokers.PASSCODE)
            .setVirtualHost(Brokers.virtualHost(endpoint))
            .setHeartbeat(new JsonObject().put("x", 0).put("y", 0));
    StompClient client = StompClient.create(vertx, options);
    StompClientConnection connection =
        client.connect().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    return new LibraryRun<>(new Connected(vertx, client, connection, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<Frame> {
    private final Vertx vertx;

    /** Vert.x closes the connections of a client that nobody refers to. */
    private final StompClient client;

    private final StompClientConnection connection;
    private final String ack;
    private final Semaphore window;
    private int subscriptions;

    Connected(
        Vertx vertx, StompClient client, StompClientConnection connection, Scenario scenario) {
      this.vertx = vertx;
      this.client = client;
      this.connection = connection;
      this.ack = Brokers.ackMode(scenario);
      this.window = new Semaphore(scenario.window() == 0 ? UNASKED : scenario.window());
    }

    @Override
    public void send(String destination, byte[] body) throws Exception {
      sendConfirmed(destination, body);
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      window.acquire();
      connection
          .send(destination, new HashMap<>(), Buffer.buffer(body))
          .onComplete(receipt -> window.release());
    }

    @Override
    public void sync() throws Exception {
      connection
          .send(Brokers.SYNC, Buffer.buffer("x"))
          .toCompletionStage()
          .toCompletableFuture()
          .get(1, TimeUnit.MINUTES);
    }

    @Override
    public void subscribe(String destination, Receiver<Frame> receiver) {
      connection.subscribe(
          destination,
          new HashMap<>(Map.of("id", "s" + ++subscriptions, "ack", ack)),
          frame -> {
            try {
              Buffer body = frame.getBody();
              receiver.message(frame, frame.getDestination(), body.getByte(0), body.length());
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }

    @Override
    public void ack(Frame message) {
      connection.ack(message.getAck());
    }

    @Override
    public void close() {
      connection.close();
      client.close();
      vertx.close();
    }
  }
}
