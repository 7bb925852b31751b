package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;
import io.stompbox.client.Delivery;
import io.stompbox.client.MessageSink;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.WhenSendFails;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;

/** Stompbox by reactive streams. */
final class StompboxFlow implements ClientSubject {
  private static final Set<Work> STREAMS =
      Set.of(Work.SEND_CONFIRMED, Work.RECEIVE, Work.RECEIVE_ACK);

  @Override
  public String name() {
    return "stompbox-flow";
  }

  @Override
  public Kind kind() {
    return Kind.OWN;
  }

  @Override
  public String notes() {
    return "client.flow(): a sink whose demand is the window, a publisher without a limit of demand";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return STREAMS.contains(scenario.work());
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) {
    StompClient client = StompboxClients.connect(scenario, endpoint);
    return new LibraryRun<>(new Connected(client, scenario), scenario, endpoint);
  }

  private static final class Connected implements Session<Delivery> {
    private final StompClient client;
    private final SubscribeOptions options;
    private final MessageSink sink;

    /** What the sink has requested. */
    private final Semaphore demand = new Semaphore(0);

    Connected(StompClient client, Scenario scenario) {
      this.client = client;
      this.options = StompboxClients.options(scenario);
      this.sink = client.flow().sink(Math.max(1, scenario.window()), WhenSendFails.CANCEL);
      sink.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long messages) {
              demand.release((int) messages);
            }

            @Override
            public void cancel() {
              throw new IllegalStateException("a send failed: " + sink.counts());
            }
          });
    }

    @Override
    public void send(String destination, byte[] body) {
      throw new UnsupportedOperationException("a sink confirms everything");
    }

    @Override
    public void sendConfirmed(String destination, byte[] body) throws Exception {
      demand.acquire();
      sink.onNext(StompboxClients.message(destination, body));
    }

    @Override
    public void sync() throws Exception {
      StompboxClients.sync(client);
    }

    @Override
    public void subscribe(String destination, Receiver<Delivery> to) {
      client.flow().messages(destination, options).subscribe(new Subscriber(to));
    }

    @Override
    public void ack(Delivery message) {
      // The client does when onNext returns.
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private record Subscriber(Session.Receiver<Delivery> to) implements Flow.Subscriber<Delivery> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Delivery delivery) {
      try {
        StompboxClients.give(delivery, to);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      failure.printStackTrace();
    }

    @Override
    public void onComplete() {
      // The client was closed.
    }
  }
}
