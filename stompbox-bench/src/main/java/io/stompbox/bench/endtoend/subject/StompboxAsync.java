package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.client.AsyncClient;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.SubscribeOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stompbox by its stages. */
final class StompboxAsync implements ClientSubject {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  @Override
  public String name() {
    return "stompbox-async";
  }

  @Override
  public Kind kind() {
    return Kind.OWN;
  }

  @Override
  public String notes() {
    return "client.async(): a stage for each send, a handler that returns stages; where there is no"
        + " room the program waits until what it sent has been written, and tries again";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return true;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) {
    StompClient client = StompboxClients.connect(scenario, endpoint);
    return new LibraryRun<>(new Connected(client, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<Delivery> {
    private final StompClient client;
    private final AsyncClient async;
    private final SubscribeOptions options;
    private final Semaphore window;

    /** Why a send was not confirmed; it may never have been sent, and is in no count then. */
    private volatile @Nullable Throwable failure;

    Connected(StompClient client, Scenario scenario) {
      this.client = client;
      this.async = client.async();
      this.options = StompboxClients.options(scenario);
      this.window = new Semaphore(Math.max(1, scenario.window()));
    }

    @Override
    public void send(String destination, byte[] body) throws Exception {
      while (!hasRoom(async.send(StompboxClients.message(destination, body)))) {
        client.flush(StompboxClients.PATIENCE);
      }
    }

    private static boolean hasRoom(CompletionStage<Void> sent) {
      try {
        sent.toCompletableFuture().join();
        return true;
      } catch (CompletionException e) {
        if (e.getCause() instanceof StompTimeoutException) {
          return false;
        }
        throw e;
      }
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      window.acquire();
      var unused =
          async
              .sendConfirmed(StompboxClients.message(destination, body))
              .whenComplete((receipt, cause) -> confirmed(cause));
    }

    private void confirmed(@Nullable Throwable cause) {
      if (cause != null) {
        failure = cause;
      }
      window.release();
    }

    @Override
    public void sync() throws Exception {
      StompboxClients.sync(client);
      Throwable cause = failure;
      if (cause != null) {
        throw new IllegalStateException("a send failed: " + cause, cause);
      }
    }

    @Override
    public void subscribe(String destination, Receiver<Delivery> to) throws Exception {
      async
          .subscribe(
              destination,
              options,
              delivery -> {
                StompboxClients.give(delivery, to);
                return DONE;
              })
          .toCompletableFuture()
          .get(StompboxClients.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void ack(Delivery message) {
      // The client does when the stage of the handler completes.
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
