package io.stompbox.bench.scale;

import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.LargeBodies;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.client.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** One body that is longer than the heap, sent while it is made, and received into a file. */
final class EchoedBody implements Scale {
  @Override
  public void measure(Measuring to, int port) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.make("stompbox-echoed-body-");
        EchoPeer peer = EchoPeer.start();
        StompClient client =
            StompClient.builder("stomp://127.0.0.1:" + peer.port())
                .timeouts(Timeouts.defaults().withDelivery(LongBody.LIMIT))
                .largeBodies(LargeBodies.in(folder.path()))
                .connect()) {
      measure(to, client);
    }
  }

  private static void measure(Measuring to, StompClient client) throws Exception {
    LongBody body = new LongBody(to);
    try (Subscription echo = client.subscribe("/queue/echo")) {
      long start = System.nanoTime();
      Confirmation sent = client.sendConfirmed(Outgoing.to("/queue/echo").body(body.source()));
      Delivery delivery = echo.receive(LongBody.LIMIT).orElseThrow();
      sent.await(LongBody.LIMIT);
      double seconds = to.printSeconds("sent and received after", start);
      check(delivery, body.length());
      delivery.ack();
      body.print("there and back in a second", seconds, client);
    }
  }

  private static void check(Delivery delivery, long length) throws IOException {
    CRC32C received = new CRC32C();
    long count;
    try (InputStream stream = new CheckedInputStream(delivery.stream(), received)) {
      count = stream.transferTo(OutputStream.nullOutputStream());
    }
    if (count != length || received.getValue() != MadeOctets.sum(length)) {
      throw new IllegalStateException(
          count + " octets with another sum came of " + length + " that were sent");
    }
  }
}
