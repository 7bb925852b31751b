package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Bounds;
import io.stompbox.client.Delivery;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.SendCounts;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.transport.TlsOptions;
import io.stompbox.client.transport.TransportOptions;
import io.stompbox.protocol.frame.Body;
import java.nio.file.Path;
import java.time.Duration;

/** What the faces of Stompbox have in common. */
final class StompboxClients {
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private StompboxClients() {}

  /** Connects as by default, but for the window of the scenario. */
  static StompClient connect(Scenario scenario, Endpoint endpoint) {
    StompClientBuilder builder =
        StompClient.builder(uri(scenario, endpoint))
            .credentials(Brokers.LOGIN, Brokers.PASSCODE)
            .offer(Offer.standard().withVirtualHost(Brokers.virtualHost(endpoint)));
    if (scenario.window() > 0) {
      builder.bounds(Bounds.defaults().withUnconfirmed(scenario.window()));
    }
    if (!endpoint.trust().isEmpty()) {
      builder.transports(
          TransportOptions.defaults()
              .with(TlsOptions.defaults().withTrustFromPem(Path.of(endpoint.trust()))));
    }
    return builder.connect();
  }

  private static String uri(Scenario scenario, Endpoint endpoint) {
    String scheme =
        switch (scenario.transport()) {
          case TCP -> "stomp";
          case TLS -> "stomp+ssl";
          case WEBSOCKET -> "ws";
        };
    return scheme + "://" + Endpoint.HOST + ":" + endpoint.port();
  }

  /** Copies the body no more than the peers do. */
  static Outgoing message(String destination, byte[] body) {
    return Outgoing.to(destination).body(Body.wrap(body, 0, body.length));
  }

  static SubscribeOptions options(Scenario scenario) {
    return SubscribeOptions.defaults()
        .with(
            scenario.work() == Work.RECEIVE_ACK
                ? Acknowledgement.AFTER_PROCESSING
                : Acknowledgement.BROKER);
  }

  /** Looks into a message as a program would, and hands it on. */
  static void give(Delivery delivery, Session.Receiver<Delivery> to) throws Exception {
    Body body = delivery.body();
    to.message(delivery, delivery.destination(), body.at(0), body.size());
  }

  /**
   * Waits until the broker has confirmed a message that is sent behind all others.
   *
   * @throws IllegalStateException if another was not confirmed, or may have been lost
   */
  static void sync(StompClient client) throws InterruptedException {
    client.sendConfirmed(message(Brokers.SYNC, new byte[] {'x'})).await(PATIENCE);
    SendCounts sends = client.sends();
    if (sends.rejected() + sends.unknown() + sends.notSent() > 0) {
      throw new IllegalStateException("not everything was sent: " + sends);
    }
  }
}
