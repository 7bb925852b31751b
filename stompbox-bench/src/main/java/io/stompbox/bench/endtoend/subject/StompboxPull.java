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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stompbox where the program's thread takes messages from the subscription. */
final class StompboxPull implements ClientSubject {
  private static final Set<Work> RECEIVING = Set.of(Work.RECEIVE, Work.RECEIVE_ACK);

  @Override
  public String name() {
    return "stompbox-pull";
  }

  @Override
  public Kind kind() {
    return Kind.OWN;
  }

  @Override
  public String notes() {
    return "the program's thread takes messages with receive; a message is acknowledged when the"
        + " next one is asked for";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return RECEIVING.contains(scenario.work());
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) {
    StompClient client = StompboxClients.connect(scenario, endpoint);
    return new LibraryRun<>(new Connected(client, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<Delivery> {
    private final StompClient client;
    private final SubscribeOptions options;
    private @Nullable Subscription subscription;
    private @Nullable Receiver<Delivery> receiver;

    Connected(StompClient client, Scenario scenario) {
      this.client = client;
      this.options = StompboxClients.options(scenario);
    }

    @Override
    public void send(String destination, byte[] body) {
      throw new UnsupportedOperationException("StompboxBlocking sends");
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) {
      throw new UnsupportedOperationException("StompboxBlocking sends");
    }

    @Override
    public void sync() throws Exception {
      StompboxClients.sync(client);
    }

    @Override
    public void subscribe(String destination, Receiver<Delivery> to) {
      receiver = to;
      subscription = client.subscribe(destination, options);
    }

    @Override
    public void ack(Delivery message) {
      // The client does when the next message is asked for.
    }

    @Override
    public void pump(long messages) throws Exception {
      Subscription from = subscription;
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
