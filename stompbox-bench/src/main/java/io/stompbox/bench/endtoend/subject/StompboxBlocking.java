package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import org.jspecify.annotations.Nullable;

/** The main face of Stompbox. */
final class StompboxBlocking implements ClientSubject {
  @Override
  public String name() {
    return "stompbox";
  }

  @Override
  public Kind kind() {
    return Kind.OWN;
  }

  @Override
  public String notes() {
    return "StompClient as it is by default: a message object for each send, a handler that gets"
        + " messages on a thread of its own, acknowledged when it returns; the program's thread"
        + " pulls where it waits for the pong";
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
    private final SubscribeOptions options;
    private final boolean pulls;
    private @Nullable Subscription pulled;
    private @Nullable Receiver<Delivery> receiver;

    Connected(StompClient client, Scenario scenario) {
      this.client = client;
      this.options = StompboxClients.options(scenario);
      this.pulls = scenario.work() == Work.PING_PONG;
    }

    @Override
    public void send(String destination, byte[] body) {
      client.send(StompboxClients.message(destination, body));
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) {
      var unused = client.sendConfirmed(StompboxClients.message(destination, body));
    }

    @Override
    public void sync() throws Exception {
      StompboxClients.sync(client);
    }

    @Override
    public void subscribe(String destination, Receiver<Delivery> to) {
      if (pulls) {
        receiver = to;
        pulled = client.subscribe(destination, options);
        return;
      }
      client.subscribe(destination, options, delivery -> StompboxClients.give(delivery, to));
    }

    @Override
    public void ack(Delivery message) {
      // The client does when the handler returns.
    }

    @Override
    public void pump(long messages) throws Exception {
      Subscription from = pulled;
      Receiver<Delivery> to = receiver;
      for (long i = 0; from != null && to != null && i < messages; i++) {
        Delivery delivery = from.receive(StompboxClients.PATIENCE).orElseThrow();
        StompboxClients.give(delivery, to);
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
