package io.stompbox.checks.scenarios;

import io.stompbox.client.Bounds;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Offer;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.TimeSource;
import io.stompbox.client.Timeouts;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the client of a scenario is made. Unlike the client's own defaults, there are no heart-beats,
 * it reconnects after 10 ms each time and closes within 2 s, since scenarios should be quick.
 */
final class ClientSettings {
  Offer offer = Offer.standard().with(HeartBeat.NONE);
  Timeouts timeouts = Timeouts.defaults().withClose(Duration.ofSeconds(2));
  Bounds bounds = Bounds.defaults();
  DecoderLimits limits = DecoderLimits.defaults();
  ReconnectPolicy reconnect = ReconnectPolicy.standard().with(delay(Duration.ofMillis(10)));
  @Nullable String login;

  /** The client's time, if the scenario moves it. */
  @Nullable ManualClock clock;

  @Nullable String passcode;

  private final List<String> brokers;

  ClientSettings(List<String> brokers) {
    this.brokers = List.copyOf(brokers);
  }

  private ConnectOptions connect(ConnectOptions base) {
    ConnectOptions options = base.with(offer).with(timeouts).with(limits);
    ManualClock moved = clock;
    return moved == null ? options : options.with(TimeSource.of(moved::nanoTime, moved.timer()));
  }

  /** Returns a builder with these settings, and all others as they are in {@code base}. */
  StompClientBuilder builder(ConnectOptions base) {
    StompClientBuilder builder =
        StompClient.builder("failover:(" + String.join(",", brokers) + ")")
            .connect(connect(base))
            .bounds(bounds)
            .reconnect(reconnect);
    String name = login;
    String secret = passcode;
    return name == null || secret == null ? builder : builder.credentials(name, secret);
  }

  /** The same delay before each attempt. */
  static BackOff delay(Duration delay) {
    return new BackOff(delay, delay, 1, new Jitter.None());
  }
}
