package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the system does about peers that say nothing, where it tells. */
class KeepAliveTest {
  private static final Path CONNECTIONS = Path.of("/proc/net");

  @Test
  void tcpAsksAPeerThatSaysNothingAfterAMinute() throws Exception {
    assumeTrue(Files.isReadable(CONNECTIONS.resolve("tcp")), "the system shows no connections");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Transport transport =
            TransportFactory.sockets()
                .create(BrokerAddress.parse("stomp://127.0.0.1:" + server.getLocalPort()))) {
      transport.open(Duration.ofSeconds(10));

      assertThat(hundredthsUntilAsked(server.getLocalPort())).isBetween(1L, 6000L);
    }
  }

  /** Timer 02 of a connection is that of keep-alives; it runs out in 1/100 s. */
  private static long hundredthsUntilAsked(int port) throws IOException {
    Pattern connection =
        Pattern.compile(
            String.format(
                Locale.ROOT, "(?m)^ *\\d+: \\w+:\\w+ \\w+:%04X 01 \\w+:\\w+ 02:(\\w+) .*$", port));
    String all =
        Files.readString(CONNECTIONS.resolve("tcp"))
            + Files.readString(CONNECTIONS.resolve("tcp6"));
    return connection
        .matcher(all)
        .results()
        .map((MatchResult found) -> Long.parseLong(found.group(1), 16))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no keep-alive for port " + port + " in " + all));
  }
}
