package io.stompbox.client;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import java.time.Duration;

/** Clients for tests. */
final class Clients {
  private Clients() {}

  /** Returns a builder for one that reconnects and closes without long waits. */
  static StompClientBuilder fast(String uri) {
    return StompClient.builder(uri)
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(300)))
        .reconnect(
            ReconnectPolicy.standard()
                .with(
                    new BackOff(
                        Duration.ofMillis(1),
                        Duration.ofMillis(10),
                        2,
                        new BackOff.Jitter.None())));
  }

  /** Plays a broker that confirms the next frame, a SUBSCRIBE. */
  static Frame subscribed(Peer peer) {
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    return subscribe;
  }
}
