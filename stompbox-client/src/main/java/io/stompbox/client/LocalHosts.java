package io.stompbox.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Tells whether a host is this machine. Looks names up only when asked. */
final class LocalHosts {
  private LocalHosts() {}

  /** A name that can't be looked up is not local. */
  static boolean isLocal(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException notLocal) {
      return false;
    }
  }
}
