package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.transport.SocketOptions.Delay;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SocketOptionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final SocketOptions OPTIONS = SocketOptions.defaults();

  @Test
  void keepAliveHasTimesOfItsOwnUnlessItIsOffOrTheSystems() throws Exception {
    KeepAlive own = new KeepAlive.Every(Duration.ofSeconds(7), Duration.ofSeconds(3), 2);
    Map<String, Object> system = keepAlive(OPTIONS.with(new KeepAlive.SystemTimes()));

    assertThat(keepAlive(OPTIONS.with(new KeepAlive.Off()))).containsEntry("SO_KEEPALIVE", false);
    assertThat(system).containsEntry("SO_KEEPALIVE", true);
    assertThat(keepAlive(OPTIONS)).isEqualTo(expected(system, 60, 10, 6));
    assertThat(keepAlive(OPTIONS.with(own))).isEqualTo(expected(system, 7, 3, 2));
  }

  private static Map<String, Object> keepAlive(SocketOptions options) throws IOException {
    Map<String, Object> values = new TreeMap<>();
    try (Socket socket = options.newSocket()) {
      for (SocketOption<?> option : socket.supportedOptions()) {
        if (option.name().contains("KEEP")) {
          values.put(option.name(), socket.getOption(option));
        }
      }
    }
    return values;
  }

  /** What can't be set on this system is not expected to be. */
  private static Map<String, Object> expected(
      Map<String, Object> system, int idle, int interval, int count) {
    Map<String, Object> values = new TreeMap<>(system);
    values.computeIfPresent("TCP_KEEPIDLE", (name, value) -> idle);
    values.computeIfPresent("TCP_KEEPINTERVAL", (name, value) -> interval);
    values.computeIfPresent("TCP_KEEPCOUNT", (name, value) -> count);
    return values;
  }

  @Test
  void smallPacketsAreSentAtOnceUnlessTheyMayWait() throws Exception {
    try (Socket prompt = OPTIONS.newSocket();
        Socket patient = OPTIONS.with(Delay.NAGLE).newSocket()) {
      assertThat(prompt.getTcpNoDelay()).isTrue();
      assertThat(patient.getTcpNoDelay()).isFalse();
    }
  }

  @Test
  void buffersOfTheSystemHaveTheSizesThatAreAskedFor() throws Exception {
    try (Socket small = OPTIONS.withBuffers(8192, 16384).newSocket();
        Socket large = OPTIONS.withBuffers(65536, 131072).newSocket()) {
      assertThat(small.getOption(StandardSocketOptions.SO_RCVBUF))
          .isLessThan(large.getOption(StandardSocketOptions.SO_RCVBUF));
      assertThat(small.getOption(StandardSocketOptions.SO_SNDBUF))
          .isLessThan(large.getOption(StandardSocketOptions.SO_SNDBUF));
    }
  }

  @Test
  void aConnectionComesFromTheAddressThatItIsBoundTo() throws Exception {
    InetAddress local = InetAddress.getByName("127.0.0.2");
    SocketOptions options = OPTIONS.withLocalAddress(new InetSocketAddress(local, 0));
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Transport transport = open("127.0.0.1:" + server.getLocalPort(), options);
        Socket seen = server.accept()) {
      transport.write(new byte[1], 0, 1);
      assertThat(seen.getInetAddress()).isEqualTo(local);
    }
  }

  @Test
  void anAddressThatIsNotOfThisMachineIsNamedWhenConnecting() {
    SocketOptions options = OPTIONS.withLocalAddress(new InetSocketAddress("192.0.2.1", 0));
    assertThatThrownBy(() -> open("127.0.0.1:61613", options))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the local address /192.0.2.1:0 can't be used");
  }

  @Test
  void aReadTakesNoMoreThanItMay() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Transport transport = open("127.0.0.1:" + server.getLocalPort(), OPTIONS.withMaxRead(3));
        Socket peer = server.accept()) {
      peer.getOutputStream().write(new byte[10]);

      assertThat(transport.read(new byte[10], 0, 10)).isBetween(1, 3);
    }
  }

  @Test
  void anIpv6AddressMayHaveAZone() throws Exception {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getAllByName("::1")[0]);
        Transport transport =
            open("[::1%" + loopback.getName() + "]:" + server.getLocalPort(), OPTIONS)) {
      transport.write(new byte[1], 0, 1);

      assertThat(server.accept().getInputStream().read()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, 2001:db8::1 192.0.2.1 2001:db8::2",
    "IPV4_FIRST, 192.0.2.1 2001:db8::1 2001:db8::2",
    "IPV6_FIRST, 2001:db8::1 2001:db8::2 192.0.2.1",
    "IPV4_ONLY, 192.0.2.1",
    "IPV6_ONLY, 2001:db8::1 2001:db8::2"
  })
  void addressesAreTriedInTheOrderOfTheFamily(AddressFamily family, String expected)
      throws Exception {
    assertThat(family.choose(addresses("2001:db8::1 192.0.2.1 2001:db8::2")))
        .isEqualTo(addresses(expected));
  }

  private static List<InetAddress> addresses(String text) throws IOException {
    return List.of(
        Stream.of(text.split(" "))
            .map(one -> new InetSocketAddress(one, 1).getAddress())
            .toArray(InetAddress[]::new));
  }

  @Test
  void aHostWithoutAnAddressOfTheFamilyIsAFailureThatNamesThem() {
    assertThatThrownBy(() -> open("127.0.0.1:61613", OPTIONS.with(AddressFamily.IPV6_ONLY)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("IPV6_ONLY")
        .hasMessageContaining("127.0.0.1");
  }

  private interface Making {
    Object make();
  }

  static Stream<Arguments> mistakes() {
    Duration second = Duration.ofSeconds(1);
    return Stream.of(
        row(() -> OPTIONS.withBuffers(-1, 0), "-1, 0"),
        row(() -> OPTIONS.withMaxRead(0), "at least 1: 0"),
        row(
            () -> OPTIONS.withLocalAddress(InetSocketAddress.createUnresolved("here", 0)),
            "'here'"),
        row(() -> new KeepAlive.Every(Duration.ZERO, second, 1), "idle must be whole seconds"),
        row(() -> new KeepAlive.Every(second, Duration.ofMillis(1500), 1), "PT1.5S"),
        row(() -> new KeepAlive.Every(second, Duration.ofDays(1), 1), "PT24H"),
        row(() -> new KeepAlive.Every(second, second, 128), "from 1 to 127: 128"));
  }

  private static Arguments row(Making making, String message) {
    return Arguments.of(making, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void mistakesAreRefusedWithTheirValue(Making making, String message) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(making::make)
        .withMessageContaining(message);
  }

  private static Transport open(String place, SocketOptions options) throws IOException {
    Transport transport =
        TransportFactory.sockets(TransportOptions.defaults().with(options))
            .create(BrokerAddress.parse("stomp://" + place));
    transport.open(LIMIT);
    return transport;
  }
}
