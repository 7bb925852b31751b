package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostsTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "::1"})
  void loopbackIsLocal(String host) {
    assertThat(LocalHosts.isLocal(host)).isTrue();
  }

  static Stream<String> ownAddresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(InetAddress::getHostAddress);
  }

  @ParameterizedTest
  @MethodSource("ownAddresses")
  void anAddressOfThisMachineIsLocal(String address) {
    assertThat(LocalHosts.isLocal(address)).isTrue();
  }

  @Test
  void theNameOfThisMachineIsLocal() throws Exception {
    InetAddress self = self();
    assumeTrue(
        self != null && NetworkInterface.getByInetAddress(self) != null,
        "this machine does not know its own name");

    assertThat(LocalHosts.isLocal(self.getHostName())).isTrue();
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
    assertThat(LocalHosts.isLocal(host)).isFalse();
  }
}
