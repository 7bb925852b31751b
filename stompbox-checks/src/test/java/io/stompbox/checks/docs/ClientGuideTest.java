package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/client.md. */
class ClientGuideTest {
  @TempDir private Path folder;

  @Test
  void theProgramOutlivesTheLossOfItsConnection() throws Exception {
    Program orders = new Guide("client.md").compile(folder, "Orders");

    try (EmbeddedBroker broker = EmbeddedBroker.start();
        FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port())) {
      proxy.onConnection(1).up(Fault.reset(Place.before("SEND", 50)));
      String uri = "stomp://127.0.0.1:" + proxy.port();

      assertThat(orders.run("failover:(" + uri + "," + uri + ")").lines())
          .containsExactly(
              "order 7: java.lang.IllegalStateException: no such article", "all is done");
    }
  }
}
