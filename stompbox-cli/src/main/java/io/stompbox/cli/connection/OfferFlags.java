package io.stompbox.cli.connection;

import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What CONNECT offers. */
final class OfferFlags {
  @Option(
      names = "--vhost",
      paramLabel = "NAME",
      description = "The virtual host. Default: the path of the URI, or else its host")
  private @Nullable String virtualHost;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "The client-id header of CONNECT, which durable subscriptions need.")
  private @Nullable String clientId;

  @Option(
      names = "--protocol",
      paramLabel = "VERSION",
      converter = Protocol.Converter.class,
      completionCandidates = Protocol.Converter.class,
      description = "Offer only STOMP 1.0, 1.1 or 1.2. Default: auto, which is all")
  private @Nullable Protocol protocol;

  @Option(
      names = "--heartbeat",
      paramLabel = "OUT,IN",
      converter = HeartBeatConverter.class,
      description = "Heart-beats to send and to ask for; 0,0 for none. Default: 10s,10s")
  private @Nullable HeartBeat heartBeat;

  void addTo(Map<String, String> values) {
    if (virtualHost != null) {
      values.put("virtualHost", virtualHost);
    }
    if (clientId != null) {
      values.put("clientId", clientId);
    }
    if (protocol != null) {
      values.put(
          "versions",
          protocol.versions().stream()
              .sorted()
              .map(Version::text)
              .collect(Collectors.joining("/")));
    }
    if (heartBeat != null) {
      values.put("heartBeat.send", text(heartBeat.sendMillis()));
      values.put("heartBeat.receive", text(heartBeat.receiveMillis()));
    }
  }

  private static String text(int millis) {
    return DurationConverter.text(Duration.ofMillis(millis));
  }
}
