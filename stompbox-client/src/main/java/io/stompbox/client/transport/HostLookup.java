package io.stompbox.client.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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

  /** How many may wait for one name. */
  private static final int MOST_WAITING = 10_000;

  /** An IPv4 address in full: four numbers up to 255. Looking it up asks nobody. */
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  private final Resolver resolver;

  /** Who waits for which name. What is in it changes inside {@code compute} only, and shrinks. */
  private final Map<String, Set<CompletableFuture<List<InetAddress>>>> pending =
      new ConcurrentHashMap<>();

  /** Creates one that asks {@code resolver}. */
  public HostLookup(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Finds the addresses of a host; may take long. An address it gets on the caller's thread. */
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
   * Returns the addresses when they are known, at once if the host is an address itself, or what
   * the resolver threw. Who stops waiting must cancel what it got, which ends no look-up: it is
   * held until then. When 10,000 wait for a name, the next one gets an {@link
   * IllegalStateException} as its failure.
   */
  public CompletableFuture<List<InetAddress>> find(String host) {
    return isAddress(host) ? known(host) : lookUp(host);
  }

  /** No name has a colon, and an IPv6 address has at least two. */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /** Addresses need no thread that waits for a name server. */
  private CompletableFuture<List<InetAddress>> known(String address) {
    try {
      return CompletableFuture.completedFuture(resolver.resolve(address));
    } catch (UnknownHostException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @SuppressWarnings("CollectionUndefinedEquality") // Futures are told apart by identity.
  private CompletableFuture<List<InetAddress>> lookUp(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Set<CompletableFuture<List<InetAddress>>> all =
        pending.compute(
            host,
            (name, waiting) -> {
              Set<CompletableFuture<List<InetAddress>>> more =
                  waiting == null ? start(host) : waiting;
              if (more.size() < MOST_WAITING) {
                more.add(answer);
              } else {
                answer.completeExceptionally(
                    new IllegalStateException(
                        MOST_WAITING + " wait for the addresses of '" + host + "' already"));
              }
              return more;
            });
    var unused = answer.whenComplete((addresses, failure) -> all.remove(answer));
    return answer;
  }

  /** How many wait for the name. */
  int waiting(String host) {
    return pending.getOrDefault(host, Set.of()).size();
  }

  private Set<CompletableFuture<List<InetAddress>>> start(String host) {
    Thread thread = new Thread(() -> resolve(host), "stompbox-resolver " + host);
    thread.setDaemon(true);
    thread.start();
    return ConcurrentHashMap.newKeySet();
  }

  private void resolve(String host) {
    try {
      List<InetAddress> addresses = resolver.resolve(host);
      answer(host, waiting -> waiting.complete(addresses));
    } catch (UnknownHostException | RuntimeException | Error e) {
      answer(host, waiting -> waiting.completeExceptionally(e));
    }
  }

  private void answer(String host, Consumer<CompletableFuture<List<InetAddress>>> answer) {
    Set<CompletableFuture<List<InetAddress>>> waiting = pending.remove(host);
    if (waiting != null) {
      waiting.forEach(answer);
    }
  }
}
