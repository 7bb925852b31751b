package io.stompbox.checks.flow;

import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.ScriptedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterMethod;

/**
 * The rules of Reactive Streams for what gives the messages of a destination. A stream of messages
 * has no end of its own, so the client is closed when as many were acknowledged as the kit wants.
 */
public final class MessagesVerification extends FlowPublisherVerification<Delivery> {
  /** How long the kit waits for what must happen, in milliseconds; machines may be busy. */
  static final long PATIENCE = 5_000;

  /** How long it waits for what must not happen, in milliseconds. */
  static final long SILENCE = 100;

  private final List<AutoCloseable> open = new ArrayList<>();

  /** TestNG makes it. */
  public MessagesVerification() {
    super(new TestEnvironment(PATIENCE, SILENCE));
  }

  /** Leaves no thread behind for the next test of the kit. */
  @AfterMethod
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    open.clear();
  }

  @Override
  public Flow.Publisher<Delivery> createFlowPublisher(long elements) {
    return connect(elements).flow().messages("/queue/a");
  }

  private StompClient connect(long elements) {
    ScriptedBroker broker = ScriptedBroker.start();
    FiniteQueue queue = new FiniteQueue(elements);
    broker.onConnection(queue::serve);
    StompClient client = StompClient.connect(broker.uri());
    var unused = queue.done().thenCompose(done -> client.async().close());
    open.add(client);
    open.add(broker);
    return client;
  }

  @Override
  public Flow.Publisher<Delivery> createFailedFlowPublisher() {
    StompClient closed = connect(0);
    closed.close();
    return closed.flow().messages("/queue/a");
  }
}
