package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fusesource.hawtdispatch.Task;
import org.fusesource.stomp.client.Callback;
import org.fusesource.stomp.client.CallbackConnection;
import org.fusesource.stomp.codec.StompFrame;
import org.jspecify.annotations.Nullable;

/** StompJMS by its callbacks, its fastest face. */
final class StompJmsCallbackClient implements ClientSubject {
  /** Frames that may be on their way to the socket. */
  private static final int UNDER_WAY = 1000;

  @Override
  public String name() {
    return "stompjms-callback";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public String notes() {
    return "CallbackConnection, STOMP 1.1: messages come on the thread of the HawtDispatch queue,"
        + " and sends are tasks of that queue";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return scenario.transport() == Transport.TCP;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) throws Exception {
    CompletableFuture<CallbackConnection> connecting = new CompletableFuture<>();
    StompJmsFrames.client(endpoint)
        .connectCallback(then(connecting::complete, connecting::completeExceptionally));
    CallbackConnection connection = connecting.get(1, TimeUnit.MINUTES);
    return new LibraryRun<>(new Connected(connection, scenario), scenario, endpoint);
  }

  private static <T> Callback<T> then(Consumer<T> success, Consumer<Throwable> failure) {
    return new Callback<>() {
      @Override
      public void onSuccess(T value) {
        success.accept(value);
      }

      @Override
      public void onFailure(Throwable cause) {
        failure.accept(cause);
      }
    };
  }

  private static final class Connected implements Session<StompFrame> {
    private final CallbackConnection connection;
    private final String ack;
    private final Semaphore underWay = new Semaphore(UNDER_WAY);
    private final Semaphore window;
    private final Callback<Void> sent =
        then(done -> underWay.release(), cause -> underWay.release());
    private final Callback<StompFrame> confirmed;
    private volatile @Nullable Receiver<StompFrame> receiver;
    private int subscriptions;

    Connected(CallbackConnection connection, Scenario scenario) {
      this.connection = connection;
      this.ack = Brokers.ackMode(scenario);
      this.window = new Semaphore(Math.max(1, scenario.window()));
      this.confirmed = then(receipt -> window.release(), Throwable::printStackTrace);
      onQueue(
          () -> {
            connection.receive(then(this::received, Throwable::printStackTrace));
            connection.resume();
          });
    }

    private void received(StompFrame frame) {
      Receiver<StompFrame> to = receiver;
      try {
        if (to != null) {
          StompJmsFrames.give(frame, to);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private void onQueue(Runnable work) {
      connection
          .getDispatchQueue()
          .execute(
              new Task() {
                @Override
                public void run() {
                  work.run();
                }
              });
    }

    @Override
    public void send(String destination, byte[] body) throws Exception {
      StompFrame frame = StompJmsFrames.send(destination, body);
      if (connection.getDispatchQueue().isExecuting()) {
        connection.send(frame, null);
        return;
      }
      underWay.acquire();
      onQueue(() -> connection.send(frame, sent));
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      window.acquire();
      StompFrame frame = StompJmsFrames.send(destination, body);
      onQueue(() -> connection.request(frame, confirmed));
    }

    @Override
    public void sync() throws Exception {
      CompletableFuture<StompFrame> receipt = new CompletableFuture<>();
      onQueue(
          () ->
              connection.request(
                  StompJmsFrames.sync(), then(receipt::complete, receipt::completeExceptionally)));
      receipt.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void subscribe(String destination, Receiver<StompFrame> to) {
      receiver = to;
      StompFrame frame = StompJmsFrames.subscribe(destination, ack, ++subscriptions);
      onQueue(() -> connection.send(frame, null));
    }

    @Override
    public void ack(StompFrame message) {
      connection.send(StompJmsFrames.ack(message), null);
    }

    @Override
    public void close() {
      onQueue(() -> connection.close(null));
    }
  }
}
