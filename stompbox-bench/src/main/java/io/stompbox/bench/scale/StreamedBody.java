package io.stompbox.bench.scale;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.BodySource;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import java.time.Duration;

/** One body that is longer than the heap, sent while it is made. The broker sums it up. */
final class StreamedBody implements Scale {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double MEBI = 1024 * 1024;

  @Override
  public void measure(Measuring to, int port) throws Exception {
    long length = to.n();
    String expected = length + " " + MadeOctets.sum(length);
    BodySource body = new BodySource(length, () -> new MadeOctets(length));
    try (StompClient client = StompClient.connect("stomp://127.0.0.1:" + port)) {
      long start = System.nanoTime();
      client.sendConfirmed(Outgoing.to("/control/body").body(body)).await(LIMIT);
      double seconds = to.printSeconds("sent and confirmed after", start);
      String found = sum(client);
      if (!found.equals(expected)) {
        throw new IllegalStateException(
            "the broker got octets and a sum of " + found + ", and not " + expected);
      }
      to.print("sent in a second", length / MEBI / seconds, "MiB");
      to.print("heap that the JVM may have", Runtime.getRuntime().maxMemory() / MEBI, "MiB");
      to.print("connections", client.epoch(), "");
    }
  }

  private static String sum(StompClient client) throws InterruptedException {
    SubscribeOptions plain = SubscribeOptions.defaults().with(Acknowledgement.BROKER);
    try (Subscription sums = client.subscribe("/control/sum", plain)) {
      return sums.receive(LIMIT).map(Delivery::text).orElseThrow();
    }
  }
}
