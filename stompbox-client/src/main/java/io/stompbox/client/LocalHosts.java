package io.stompbox.client;

import io.stompbox.client.transport.HostLookup;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells whether a host is this machine. Looks names up only when asked.
 *
 * @param limit how long an answer may take
 */
record LocalHosts(HostLookup lookup, Duration limit) {
  /** A name that can't be looked up, or not in time, is not local. */
  boolean isLocal(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    CompletableFuture<List<InetAddress>> answer = lookup.find(host);
    try {
      InetAddress address = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS).get(0);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (ExecutionException | TimeoutException | SocketException notLocal) {
      return false;
    } catch (InterruptedException e) {
      // Whoever connects meets the interrupt again, and ends with it.
      Thread.currentThread().interrupt();
      return false;
    } finally {
      answer.cancel(false);
    }
  }
}
