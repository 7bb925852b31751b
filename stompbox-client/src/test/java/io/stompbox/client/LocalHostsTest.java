package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.client.transport.HostLookup;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostsTest {
  private static final LocalHosts LOCAL = new LocalHosts(HostLookup.SYSTEM, Duration.ofSeconds(30));

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "::1"})
  void loopbackIsLocal(String host) {
    assertThat(LOCAL.isLocal(host)).isTrue();
  }

  static Stream<String> ownAddresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(InetAddress::getHostAddress);
  }

  @ParameterizedTest
  @MethodSource("ownAddresses")
  void anAddressOfThisMachineIsLocal(String address) {
    assertThat(LOCAL.isLocal(address)).isTrue();
  }

  @Test
  void theNameOfThisMachineIsLocal() throws Exception {
    InetAddress self = self();
    assumeTrue(
        self != null && NetworkInterface.getByInetAddress(self) != null,
        "this machine does not know its own name");

    assertThat(LOCAL.isLocal(self.getHostName())).isTrue();
  }

  private static @Nullable InetAddress self() {
    try {
      return InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "no.such.host.invalid"})
  void whatIsElsewhereOrNowhereIsNot(String host) {
    assertThat(LOCAL.isLocal(host)).isFalse();
  }

  @Test
  void aNameServiceThatHangsIsWaitedForNoLongerThanTheLimit() {
    CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();
    HostLookup hanging = new HostLookup(host -> never.join());
    try {
      LocalHosts local = new LocalHosts(hanging, Duration.ofMillis(50));

      assertThat(CompletableFuture.supplyAsync(() -> local.isLocal("broker.example")))
          .succeedsWithin(Duration.ofSeconds(20))
          .isEqualTo(false);
    } finally {
      never.complete(List.of(InetAddress.getLoopbackAddress()));
    }
  }
}
