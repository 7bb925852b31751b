package io.stompbox.client.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Which addresses of a host are tried, and in which order. */
public enum AddressFamily {
  /** All, as the system's resolver orders them. */
  ANY,
  /** All, those of IPv4 first. */
  IPV4_FIRST,
  /** All, those of IPv6 first. */
  IPV6_FIRST,
  /** Those of IPv4 only. */
  IPV4_ONLY,
  /** Those of IPv6 only. */
  IPV6_ONLY;

  /** Returns those that are tried, in their order; the resolver's decides among equals. */
  List<InetAddress> choose(List<InetAddress> addresses) {
    List<InetAddress> four = new ArrayList<>();
    List<InetAddress> six = new ArrayList<>();
    addresses.forEach(address -> (address instanceof Inet4Address ? four : six).add(address));
    return switch (this) {
      case ANY -> addresses;
      case IPV4_FIRST -> joined(four, six);
      case IPV6_FIRST -> joined(six, four);
      case IPV4_ONLY -> four;
      case IPV6_ONLY -> six;
    };
  }

  private static List<InetAddress> joined(List<InetAddress> first, List<InetAddress> second) {
    List<InetAddress> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
