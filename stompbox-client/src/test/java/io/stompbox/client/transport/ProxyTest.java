package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proxies that expect certain octets, in turn with what they answer, and then send back. */
class ProxyTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final String HOST = "broker.example";
  private static final String REQUEST =
      "CONNECT broker.example:61613 HTTP/1.1\r\nHost: broker.example:61613\r\n\r\n";

  /** That host and port 61613, as SOCKS has them. */
  private static final String SOCKS_REQUEST =
      "05 01 00 03 0e " + HEX.formatHex(HOST.getBytes(UTF_8)) + " f0 ad";

  private static final String SOCKS_ANSWER = "05 00 00 01 00 00 00 00 00 00";

  private ServerSocket server;

  /** What the proxy does, and whether it met what it expected. */
  private FutureTask<Void> served = new FutureTask<>(() -> null);

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void leave() throws IOException {
    server.close();
  }

  @Test
  void anHttpProxyIsAskedForTheBroker() throws Exception {
    serve(hex(REQUEST), hex("HTTP/1.1 200 Connection established\r\nVia: me\r\n\r\n"));

    assertThat(echo(ProxyOptions.http("127.0.0.1", port()))).isEqualTo("hi");
    served.get(20, TimeUnit.SECONDS);
  }

  @Test
  void anHttpProxyIsToldALogin() throws Exception {
    serve(
        hex(REQUEST.replace("\r\n\r\n", "\r\nProxy-Authorization: Basic YWRhOnPDvMOfOng=\r\n\r\n")),
        hex("HTTP/1.0 200 OK\r\n\r\n"));

    assertThat(echo(ProxyOptions.http("127.0.0.1", port(), "ada", "süß:x"))).isEqualTo("hi");
    served.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aSocksProxyIsAskedForTheBrokerByName() throws Exception {
    serve("05 01 00", "05 00", SOCKS_REQUEST, SOCKS_ANSWER);

    assertThat(echo(ProxyOptions.socks5("127.0.0.1", port()))).isEqualTo("hi");
    served.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "[2001:db8::1], 04 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01",
    "[fe80::1%25eth0], 04 fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 01",
    "[::ffff:10.0.0.1], 01 0a 00 00 01"
  })
  void aSocksProxyIsGivenAnIpv6AddressAsAnAddress(String host, String address) throws Exception {
    serve("05 01 00", "05 00", "05 01 00 " + address + " f0 ad", SOCKS_ANSWER);

    assertThat(echo(ProxyOptions.socks5("127.0.0.1", port()), host)).isEqualTo("hi");
    served.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"03 02 61 62 00 00", "04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"})
  void aSocksProxyIsToldALoginAndMayAnswerWithAnyKindOfAddress(String bound) throws Exception {
    serve(
        "05 01 02",
        "05 02",
        "01 03 61 64 61 02 70 77",
        "01 00",
        SOCKS_REQUEST,
        "05 00 00 " + bound);

    assertThat(echo(ProxyOptions.socks5("127.0.0.1", port(), "ada", "pw"))).isEqualTo("hi");
    served.get(20, TimeUnit.SECONDS);
  }

  static Stream<Arguments> httpRefusals() {
    return Stream.of(
        Arguments.of("HTTP/1.1 407 Who?\r\n\r\n", "HTTP status 407; give it a login"),
        Arguments.of("HTTP/1.1 502 No\r\n\r\n", "HTTP status 502"),
        Arguments.of("SSH-2.0-x\r\n", "does not answer as HTTP does"),
        Arguments.of("HTTP/1.1 200 OK\r\n", "hung up in the middle"),
        Arguments.of("HTTP/1.1 200 " + "x".repeat(16_384), "more than 16384 octets"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("httpRefusals")
  void whatAnHttpProxyRefusesOrGarblesIsSaid(String answer, String message) {
    serve(hex(REQUEST), hex(answer));

    assertThatThrownBy(() -> echo(ProxyOptions.http("127.0.0.1", port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the proxy 127.0.0.1:" + port())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "05 ff, wants a login",
    "04 00, begins with 4",
    "05, hung up in the middle",
    "05 00 | 05 05 00 01 00 00 00 00 00 00, the connection was refused",
    "05 00 | 05 02 00 01 00 00 00 00 00 00, its rules forbid that",
    "05 00 | 05 00 00 09, an address of kind 9"
  })
  void whatASocksProxyRefusesOrGarblesIsSaid(String answers, String message) {
    String[] parts = answers.split(" \\| ", -1);
    if (parts.length == 1) {
      serve("05 01 00", parts[0]);
    } else {
      serve("05 01 00", parts[0], SOCKS_REQUEST, parts[1]);
    }

    assertThatThrownBy(() -> echo(ProxyOptions.socks5("127.0.0.1", port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the proxy 127.0.0.1:" + port())
        .hasMessageContaining(message);
  }

  @Test
  void aPortThatIsNoneIsNotCutToOneThatIs() {
    // 70000 is 1 11 70 in hexadecimal, of which SOCKS has room for two octets.
    serve("05 01 00", "05 00", SOCKS_REQUEST.replace("f0 ad", "11 70"), SOCKS_ANSWER);

    assertThatThrownBy(() -> echo(ProxyOptions.socks5("127.0.0.1", port()), HOST + ":70000"))
        .isInstanceOf(IOException.class)
        .hasMessage("port 70000 is not between 1 and 65535");
  }

  @Test
  void aHostNameThatSocksCannotCarryIsNamed() {
    serve("05 01 00", "05 00");

    assertThatThrownBy(() -> echo(ProxyOptions.socks5("127.0.0.1", port()), "broker..example"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SOCKS can't carry the host name 'broker..example'");
  }

  @Test
  void aSocksProxyThatDoesNotKnowTheLoginIsSaidToWithoutThePassword() {
    serve("05 01 02", "05 02", "01 03 61 64 61 02 70 77", "01 01");

    assertThatThrownBy(() -> echo(ProxyOptions.socks5("127.0.0.1", port(), "ada", "pw")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not know the login 'ada'")
        .hasMessageNotContaining("pw");
  }

  private interface Making {
    Object make();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        row(() -> ProxyOptions.http("", 1), "host of the proxy is empty"),
        row(() -> ProxyOptions.http("a", 0), "1 to 65535: 0"),
        row(() -> ProxyOptions.socks5("a", 65_536), "65536"),
        row(() -> ProxyOptions.http("a", 1, "x:y", "s3cret"), "x:y"),
        row(() -> ProxyOptions.socks5("a", 1, "", "s3cret"), "1 to 255 octets"),
        row(() -> ProxyOptions.socks5("a", 1, "x", "s3cret".repeat(43)), "1 to 255 octets"));
  }

  private static Arguments row(Making making, String message) {
    return Arguments.of(making, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void mistakesAreRefusedWithoutThePassword(Making making, String message) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(making::make)
        .withMessageContaining(message)
        .withMessageNotContaining("s3cret");
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(ProxyOptions.http("a", 1, "ada", "s3cret").toString())
        .contains("ada")
        .doesNotContain("s3cret");
  }

  private int port() {
    return server.getLocalPort();
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(UTF_8));
  }

  /** Reads and writes in turn, sends back two octets, and hangs up. */
  private void serve(String... script) {
    served =
        new FutureTask<>(
            () -> {
              try (Socket client = server.accept()) {
                for (int i = 0; i < script.length; i += 2) {
                  exchange(client, HEX.parseHex(script[i]), HEX.parseHex(script[i + 1]));
                }
                client.setSoTimeout(1000);
                client.getOutputStream().write(client.getInputStream().readNBytes(2));
              }
              return null;
            });
    Thread thread = new Thread(served, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void exchange(Socket client, byte[] expected, byte[] answer) throws IOException {
    assertThat(new String(client.getInputStream().readNBytes(expected.length), ISO_8859_1))
        .isEqualTo(new String(expected, ISO_8859_1));
    client.getOutputStream().write(answer);
  }

  private static String echo(ProxyOptions proxy) throws IOException {
    return echo(proxy, HOST);
  }

  private static String echo(ProxyOptions proxy, String host) throws IOException {
    byte[] octets = "hi".getBytes(UTF_8);
    try (Transport transport =
        TransportFactory.sockets(TransportOptions.defaults().with(proxy))
            .create(BrokerAddress.parse("stomp://" + host))) {
      transport.open(LIMIT);
      transport.write(octets, 0, 2);
      int count = transport.read(octets, 0, 2);
      return new String(octets, 0, Math.max(0, count), UTF_8);
    }
  }
}
