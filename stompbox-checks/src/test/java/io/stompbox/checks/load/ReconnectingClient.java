package io.stompbox.checks.load;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A client with a subscription that loses one connection after the other. Arguments: the port, and
 * on which connections to say what the process holds.
 */
public final class ReconnectingClient {
  private ReconnectingClient() {}

  /** Says what it holds at each of the connections, and when the client is closed. */
  public static void main(String[] args) throws InterruptedException {
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    BackOff quick =
        new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), 1, new BackOff.Jitter.None());
    Resources before = Resources.now();
    StompClient client =
        StompClient.builder("stomp://127.0.0.1:" + args[0])
            .reconnect(ReconnectPolicy.standard().with(quick))
            .onStateChange(changes::add)
            .connect();
    client.subscribe("/queue/a", delivery -> {});
    System.out.println("subscribed");
    for (int i = 1; i < args.length; i++) {
      awaitConnection(changes, Integer.parseInt(args[i]));
      Resources.awaitNone("stompbox-recovery");
      System.out.println(Resources.now().text());
    }
    client.close();
    Resources.awaitNone("stompbox-");
    System.out.println(before.text());
    System.out.println(Resources.now().text());
  }

  private static void awaitConnection(BlockingQueue<StateChange> changes, int epoch)
      throws InterruptedException {
    StateChange change = changes.take();
    while (change.to() != ClientState.CONNECTED || change.epoch() < epoch) {
      change = changes.take();
    }
  }
}
