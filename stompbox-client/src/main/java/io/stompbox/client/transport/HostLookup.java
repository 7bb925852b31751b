package io.stompbox.client.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks host names up on threads of their own, since the system's resolver may hang and can't be
 * interrupted. Who asks for a name that is being looked up waits for the same answer, so that
 * endless retries do not fill the process with threads. For transports of your own; safe to share
 * between threads.
 */
public final class HostLookup {
  /** The JVM's, which keeps answers for a while as {@code networkaddress.cache.ttl} says. */
  public static final HostLookup SYSTEM =
      new HostLookup(host -> List.of(InetAddress.getAllByName(host)));

  private final Resolver resolver;
  private final Map<String, CompletableFuture<List<InetAddress>>> pending =
      new ConcurrentHashMap<>();

  /** Creates one that asks {@code resolver}. */
  public HostLookup(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Finds the addresses of a host; may take long. */
  @FunctionalInterface
  public interface Resolver {
    /**
     * Returns at least one.
     *
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /**
   * Returns the addresses when they are known, or what the resolver threw; the caller may cancel
   * what it gets, which ends no look-up.
   */
  public CompletableFuture<List<InetAddress>> find(String host) {
    return pending.computeIfAbsent(host, this::start).copy();
  }

  private CompletableFuture<List<InetAddress>> start(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> resolve(host, answer), "stompbox-resolver " + host);
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private void resolve(String host, CompletableFuture<List<InetAddress>> answer) {
    try {
      answer.complete(resolver.resolve(host));
    } catch (UnknownHostException | RuntimeException e) {
      answer.completeExceptionally(e);
    } finally {
      pending.remove(host, answer);
    }
  }
}
