package io.stompbox.checks.invariants;

import io.stompbox.client.Confirmation;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.SendCounts;
import io.stompbox.client.StompClient;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Watches over clients from {@link #begin} to {@link #end} and knows then which invariants are
 * broken:
 *
 * <ul>
 *   <li>each confirmed send was written, and its receipt came
 *   <li>each send that was written with a receipt has exactly one outcome, and the client's counts
 *       are those of the outcomes
 *   <li>no more second copies reached the broker than were sent again, and no confirmed message is
 *       missing there
 *   <li>no ACK or NACK was written for a message that came on another connection
 *   <li>no connection saw two SUBSCRIBE frames for one id
 *   <li>no exception ended a thread
 *   <li>no thread, timer, socket, pipe or selector is left
 * </ul>
 *
 * <p>Clients have to be made by {@link #connect}, and their sends by {@link #send} and {@link
 * #sendConfirmed}, or be told to {@link #sent}. One at a time in a process, as threads, descriptors
 * and exceptions are those of the process. Safe to share between threads.
 */
public final class Invariants {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Duration limit;

  /** Names of threads that were there before. */
  private volatile List<String> threads = LiveThreads.ours();

  /** What was open before. */
  private volatile Set<String> descriptors = Descriptors.open();

  private final @Nullable UncaughtExceptionHandler handler =
      Thread.getDefaultUncaughtExceptionHandler();

  private final List<WireTally> tallies = new CopyOnWriteArrayList<>();
  private final List<StompClient> clients = new CopyOnWriteArrayList<>();
  private final Sends sends = new Sends();
  private final Queue<String> uncaught = new ConcurrentLinkedQueue<>();

  /** Confirmed messages that the broker did not have; -1 if nobody looked. */
  private volatile long lost = -1;

  /** Second copies that it had; -1 if nobody looked. */
  private volatile long duplicated = -1;

  private Invariants(Duration limit) {
    this.limit = limit;
  }

  /** Begins to watch. */
  public static Invariants begin() {
    return begin(LIMIT);
  }

  /** As {@link #begin()}; {@code limit} is how long what ends by itself may take to be gone. */
  static Invariants begin(Duration limit) {
    Invariants invariants = new Invariants(limit);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          invariants.uncaught.add(thread.getName() + ": " + failure);
          failure.printStackTrace();
        });
    return invariants;
  }

  /**
   * Takes the threads and descriptors that are there now for there before. For tests whose broker
   * was started since, and outlives them.
   */
  public void leaveWhatRuns() {
    threads = LiveThreads.ours();
    descriptors = Descriptors.open();
  }

  /**
   * Makes a client that is watched.
   *
   * @param client connects with the options it is given, or with others derived from them
   */
  public StompClient connect(Function<ConnectOptions, StompClient> client) {
    ConnectOptions options = ConnectOptions.defaults();
    WireTally tally = new WireTally(options.transports());
    tallies.add(tally);
    StompClient connected = client.apply(options.with(tally));
    clients.add(connected);
    return connected;
  }

  /** Sends at most once. */
  public void send(StompClient client, Outgoing message) {
    client.send(message);
    sends.addPlain();
  }

  /** Sends at least once. */
  public Confirmation sendConfirmed(StompClient client, Outgoing message) {
    return sent(client.sendConfirmed(message));
  }

  /** Takes note of a send that was made without this, and returns what it got. */
  public Confirmation sent(Confirmation confirmation) {
    sends.add(confirmation);
    return confirmation;
  }

  /**
   * Says what a reader found at the broker, by something that is different for each message, such
   * as its text.
   *
   * @param confirmed the messages that were confirmed
   * @param found what was found, second copies too
   */
  public void arrived(Collection<String> confirmed, List<String> found) {
    Set<String> missing = new HashSet<>(confirmed);
    found.forEach(missing::remove);
    lost = missing.size();
    duplicated = found.size() - found.stream().distinct().count();
  }

  /**
   * Closes clients that are still open, waits until what ends by itself is gone, and stops
   * watching.
   *
   * @return what was counted
   * @throws AssertionError with all invariants that are broken
   */
  public Counters end() throws InterruptedException {
    clients.forEach(StompClient::close);
    List<String> broken = new ArrayList<>();
    try {
      awaitNothingLeft(broken);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(handler);
    }
    uncaught.forEach(failure -> broken.add("an exception ended the thread " + failure));
    checkSends(broken);
    atMost(broken, "lost messages", lost, 0);
    atMost(broken, "second copies", duplicated, total(WireTally::sentAgain));
    atMost(broken, "ACK frames of other connections", total(WireTally::staleAcks), 0);
    atMost(broken, "SUBSCRIBE frames besides the first", total(WireTally::subscribedTwice), 0);
    if (!broken.isEmpty()) {
      throw new AssertionError("broken invariants: " + String.join("; ", broken));
    }
    return counters();
  }

  private void awaitNothingLeft(List<String> broken) throws InterruptedException {
    try {
      Waiting.until(
          limit,
          () -> LiveThreads.since(threads) + ", " + Descriptors.described(descriptors),
          "no thread and no descriptor more than before",
          () -> LiveThreads.since(threads).isEmpty() && Descriptors.since(descriptors).isEmpty());
    } catch (AssertionError left) {
      broken.add(String.valueOf(left.getMessage()));
    }
  }

  private void checkSends(List<String> broken) {
    atMost(broken, "outcomes that are not known", sends.undecided(), 0);
    check(broken, Outcome.Confirmed.class, SendCounts::confirmed, 0);
    check(broken, Outcome.Rejected.class, SendCounts::rejected, 0);
    check(broken, Outcome.Unknown.class, SendCounts::unknown, sends.plain());
    check(broken, Outcome.NotSent.class, SendCounts::notSent, sends.plain());
    long written = total(WireTally::sends);
    long receipted = total(WireTally::receipted) + total(WireTally::inTransactions);
    atMost(broken, "confirmed, but without a receipt", count(SendCounts::confirmed) - receipted, 0);
    atMost(broken, "written, but without an outcome", written - outcomesOfWritten(), 0);
  }

  private long outcomesOfWritten() {
    return count(SendCounts::confirmed) + count(SendCounts::rejected) + count(SendCounts::unknown);
  }

  /** The client's count is that of the outcomes, besides {@code others} that nobody asked about. */
  private void check(
      List<String> broken,
      Class<? extends Outcome> kind,
      ToLongFunction<SendCounts> counter,
      long others) {
    long told = sends.with(kind);
    long counted = count(counter);
    long copiesOfErrors = clients.stream().mapToLong(c -> c.received().handlerFailures()).sum();
    if (counted < told || counted > told + others + copiesOfErrors) {
      broken.add(kind.getSimpleName() + " was told " + told + " times, but counted " + counted);
    }
  }

  private static void atMost(List<String> broken, String what, long number, long most) {
    if (number > most) {
      broken.add(what + ": " + number + ", more than " + most);
    }
  }

  private long total(ToLongFunction<WireTally> count) {
    return tallies.stream().mapToLong(count).sum();
  }

  private long count(ToLongFunction<SendCounts> count) {
    return clients.stream().map(StompClient::sends).mapToLong(count).sum();
  }

  private Counters counters() {
    long confirmed = sends.with(Outcome.Confirmed.class);
    return new Counters(
        sends.confirmable(),
        confirmed,
        sends.confirmable() - confirmed,
        total(WireTally::sentAgain),
        total(WireTally::messages),
        lost,
        duplicated,
        clients.stream().mapToLong(client -> client.received().staleAcks()).sum(),
        total(WireTally::staleAcks),
        tallies.stream()
            .map(WireTally::longestOutage)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO),
        LiveThreads.since(threads).size(),
        Descriptors.since(descriptors).size());
  }
}
