package io.stompbox.bench.scale;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;

/** One body that is longer than the heap, sent while it is made. The broker sums it up. */
final class StreamedBody implements Scale {
  @Override
  public void measure(Measuring to, int port) throws Exception {
    LongBody body = new LongBody(to);
    String expected = body.length() + " " + MadeOctets.sum(body.length());
    try (StompClient client = StompClient.connect("stomp://127.0.0.1:" + port)) {
      long start = System.nanoTime();
      client.sendConfirmed(Outgoing.to("/control/body").body(body.source())).await(LongBody.LIMIT);
      double seconds = to.printSeconds("sent and confirmed after", start);
      String found = sum(client);
      if (!found.equals(expected)) {
        throw new IllegalStateException(
            "the broker got octets and a sum of " + found + ", and not " + expected);
      }
      body.print("sent in a second", seconds, client);
    }
  }

  private static String sum(StompClient client) throws InterruptedException {
    SubscribeOptions plain = SubscribeOptions.defaults().with(Acknowledgement.BROKER);
    try (Subscription sums = client.subscribe("/control/sum", plain)) {
      return sums.receive(LongBody.LIMIT).map(Delivery::text).orElseThrow();
    }
  }
}
