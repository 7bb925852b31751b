package io.stompbox.checks.flow;

import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterClass;

/** The rules of Reactive Streams for what sends messages. */
public final class SinkVerification extends FlowSubscriberBlackboxVerification<Outgoing> {
  private final ScriptedBroker broker = ScriptedBroker.start().otherwise(new QueueBroker()::serve);
  private final StompClient client = StompClient.connect(broker.uri());

  /** TestNG makes it. */
  public SinkVerification() {
    super(new TestEnvironment(MessagesVerification.PATIENCE, MessagesVerification.SILENCE));
  }

  /** Leaves no thread behind. */
  @AfterClass
  public void close() {
    client.close();
    broker.close();
  }

  @Override
  public Flow.Subscriber<Outgoing> createFlowSubscriber() {
    return client.flow().sink();
  }

  @Override
  public Outgoing createElement(int element) {
    return Outgoing.to("/queue/a").text("" + element);
  }
}
