package io.stompbox.bench.scale;

import io.stompbox.client.BodySource;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** One body that is longer than the heap, sent while it is made, and received into a file. */
final class EchoedBody implements Scale {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double MEBI = 1024 * 1024;

  @Override
  public void measure(Measuring to, int port) throws Exception {
    Path folder = Files.createTempDirectory("stompbox-echoed-body-");
    try (EchoPeer peer = EchoPeer.start();
        StompClient client =
            StompClient.builder("stomp://127.0.0.1:" + peer.port())
                .timeouts(Timeouts.defaults().withDelivery(LIMIT))
                .largeBodies(LargeBodies.in(folder))
                .connect()) {
      measure(to, client);
    } finally {
      // The client has deleted what was in it.
      Files.delete(folder);
    }
  }

  private static void measure(Measuring to, StompClient client) throws Exception {
    long length = to.n();
    BodySource body = new BodySource(length, () -> new MadeOctets(length));
    try (Subscription echo = client.subscribe("/queue/echo")) {
      long start = System.nanoTime();
      Confirmation sent = client.sendConfirmed(Outgoing.to("/queue/echo").body(body));
      Delivery delivery = echo.receive(LIMIT).orElseThrow();
      sent.await(LIMIT);
      double seconds = to.printSeconds("sent and received after", start);
      check(delivery, length);
      delivery.ack();
      to.print("there and back in a second", length / MEBI / seconds, "MiB");
      to.print("heap that the JVM may have", Runtime.getRuntime().maxMemory() / MEBI, "MiB");
      to.print("connections", client.epoch(), "");
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
