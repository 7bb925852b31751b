package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.BodySource;
import io.stompbox.client.Delivery;
import io.stompbox.client.LargeBodies;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A body goes from a file through each broker into a file. */
class LargeBodiesInteropTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Less than 4 MiB, which some versions of RabbitMQ take at most. */
  private static final int OCTETS = 3_500_001;

  @RegisterExtension private static final Brokers BROKERS = Brokers.ofOthers();

  @TempDir private Path folder;

  @EachBroker
  void aBodyArrivesAsItWasSentAndIsHeldByNobody(BrokerUnderTest broker) throws Exception {
    String queue = "/queue/" + BROKERS.newName("large");
    byte[] octets = new byte[OCTETS];
    new Random(19).nextBytes(octets);
    Path file = Files.write(folder.resolve("sent"), octets);
    Path bodies = Files.createDirectory(folder.resolve("bodies"));
    try (StompClient client =
        StompClient.builder(broker.uri()).largeBodies(LargeBodies.in(bodies)).connect()) {
      client.sendConfirmed(Outgoing.to(queue).body(BodySource.of(file))).await(LIMIT);
      Subscription subscription = client.subscribe(queue);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      assertThat(delivery.frame().body().isEmpty()).isTrue();
      try (InputStream body = delivery.stream()) {
        assertThat(body.readAllBytes()).isEqualTo(octets);
      }
      delivery.ack();
    }
    assertThat(bodies).isEmptyDirectory();
    assertThat(broker.drain(queue)).isEmpty();
  }
}
