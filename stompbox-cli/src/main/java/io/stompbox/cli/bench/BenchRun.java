package io.stompbox.cli.bench;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.session.Agreement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Runs a plan once. For one thread. */
final class BenchRun {
  /** For each of draining and closing: little enough for Ctrl-C to feel immediate. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final BenchPlan plan;
  private final Function<Consumer<StateChange>, StompClient> connecting;
  private final Duration every;
  private final Consumer<IntervalLog> watcher;

  /**
   * Creates one.
   *
   * @param connecting connects a client that tells its changes
   * @param every how long intervals are
   * @param watcher is shown the log after each interval
   */
  BenchRun(
      BenchPlan plan,
      Function<Consumer<StateChange>, StompClient> connecting,
      Duration every,
      Consumer<IntervalLog> watcher) {
    this.plan = plan;
    this.connecting = connecting;
    this.every = every;
    this.watcher = watcher;
  }

  /**
   * Runs it. Interrupting the thread ends it early; what was done by then is in the result.
   *
   * @throws Failure if there is no connection, or nothing at all was done because of a fault
   */
  BenchResult run() {
    long start = System.nanoTime();
    Tally tally = new Tally();
    try (Clients clients =
        Clients.connect(plan.connections(), connecting, () -> tally.add(Count.RECONNECTS))) {
      String id = Long.toString(System.nanoTime() & Long.MAX_VALUE, Character.MAX_RADIX);
      List<Subscription> subscriptions = subscribe(clients, id);
      Meter meter = new Meter(System::nanoTime, timeline(), tally);
      BenchState state = new BenchState(plan, id, meter);
      IntervalLog log = new IntervalLog(meter);
      RunEnd end = work(state, works(state, clients, subscriptions), log);
      boolean isInterrupted = end == RunEnd.INTERRUPTED;
      Agreement agreement = clients.of(0).agreement();
      Optional<String> outage = clients.outage();
      clients.end(isInterrupted ? FAREWELL : plan.consuming().patience(), state);
      log.addRest(System.nanoTime());
      check(state, outage);
      return new BenchResult(
          state,
          log,
          agreement,
          balance(log.counts(), state, clients, isInterrupted || outage.isPresent()),
          (System.nanoTime() - start) / 1e9,
          outage,
          end);
    }
  }

  private Timeline timeline() {
    return new Timeline(System.nanoTime(), plan.extent().warmUp(), plan.extent().time());
  }

  private List<Subscription> subscribe(Clients clients, String id) {
    BenchPlan.Consuming how = plan.consuming();
    SubscribeOptions options =
        SubscribeOptions.defaults().with(how.acknowledgement()).withPrefetch(how.prefetch());
    boolean isRoundTrip = plan.kind() == BenchKind.RTT;
    int first = isRoundTrip ? 0 : plan.producing().producers();
    int number = isRoundTrip ? plan.producing().producers() : how.consumers();
    try {
      return IntStream.range(0, number)
          .mapToObj(
              i ->
                  clients
                      .of(first + i)
                      .subscribe(
                          plan.destination() + (isRoundTrip ? "." + id + "." + i : ""), options))
          .toList();
    } catch (StompException e) {
      throw Failure.during("SUBSCRIBE to " + plan.destination(), e);
    }
  }

  /** Those that send and those that only receive. */
  private record Works(List<? extends Work> producers, List<? extends Work> consumers) {}

  private Works works(BenchState state, Clients clients, List<Subscription> subscriptions) {
    boolean isRoundTrip = plan.kind() == BenchKind.RTT;
    List<? extends Work> producers =
        IntStream.range(0, plan.producing().producers())
            .mapToObj(
                i ->
                    isRoundTrip
                        ? new RoundTrip(state, clients.of(i), subscriptions.get(i), i)
                        : producer(state, clients.of(i), i))
            .toList();
    List<? extends Work> consumers =
        IntStream.range(0, plan.consuming().consumers())
            .mapToObj(i -> new MessageConsumer(state, subscriptions.get(i), i, clients::changedAt))
            .toList();
    return new Works(producers, consumers);
  }

  private Work producer(BenchState state, StompClient client, int index) {
    return plan.producing().transaction() > 0
        ? new TransactedProducer(state, client, index)
        : new Producer(state, client, index);
  }

  private RunEnd work(BenchState state, Works works, IntervalLog log) {
    Workers consumers = new Workers("consumer", works.consumers());
    Workers producers = new Workers("producer", works.producers());
    RunEnd end;
    try {
      consumers.start();
      producers.start();
      await(producers, log);
      state.arrivals().complete();
      await(consumers, log);
      end = state.timeline().isOver(System.nanoTime()) ? RunEnd.TIME_OVER : RunEnd.DONE;
    } catch (InterruptedException e) {
      end = RunEnd.INTERRUPTED;
      state.halt();
      drain(producers, consumers, state.arrivals()::complete);
    } finally {
      state.halt();
      producers.interrupt();
      consumers.interrupt();
    }
    drain(producers, consumers, () -> {});
    log.add(System.nanoTime());
    producers.check();
    consumers.check();
    return end;
  }

  /**
   * Gives what is on its way a moment: its fate belongs to the result, and what is still counted
   * after the end would be in one of the results and not in another.
   *
   * @param between runs when the producers have had their part of it
   */
  private static void drain(Workers producers, Workers consumers, Runnable between) {
    long start = System.nanoTime();
    try {
      boolean unused = producers.await(FAREWELL.toNanos());
      between.run();
      unused = consumers.await(FAREWELL.toNanos() - (System.nanoTime() - start));
    } catch (InterruptedException again) {
      // Whoever interrupts twice does not want to wait.
    }
  }

  private void await(Workers workers, IntervalLog log) throws InterruptedException {
    while (!workers.await(log.left(System.nanoTime(), every))) {
      log.add(System.nanoTime());
      watcher.accept(log);
    }
  }

  /** Where nothing was done, what went wrong says more than counts. */
  private void check(BenchState state, Optional<String> outage) {
    StompException failure = state.failure();
    if (failure != null && state.meter().tally().get(plan.work()) == 0) {
      if (outage.isPresent()) {
        throw new Failure(
            ExitCode.CONNECTION_LOST,
            outage.get(),
            List.of(String.valueOf(failure.getMessage())),
            failure);
      }
      throw plan.kind() == BenchKind.LISTEN
          ? Failure.whileListening(plan.destination(), failure)
          : Failure.during("SEND to " + plan.destination(), failure);
    }
  }

  /**
   * What has become of the messages.
   *
   * @param isCutShort whether what did not come may be with the broker, as nobody could wait for it
   */
  private Balance balance(Counts counts, BenchState state, Clients clients, boolean isCutShort) {
    return switch (plan.kind()) {
      case SEND ->
          plan.producing().isConfirmed() ? confirmed(counts, state) : plain(counts, clients);
      case LISTEN -> Balance.of(counts, 0, 0);
      case RTT -> roundTrips(counts, isCutShort);
      case MIXED -> {
        long missing = state.arrivals().missing();
        yield Balance.of(counts, missing, isCutShort ? missing : state.arrivals().unknown());
      }
    };
  }

  /** What was neither confirmed nor refused may be with the broker. */
  private static Balance confirmed(Counts counts, BenchState state) {
    long missing = counts.get(Count.SENT) - counts.get(Count.CONFIRMED);
    return Balance.of(counts, missing, missing - state.refused());
  }

  private static Balance plain(Counts counts, Clients clients) {
    return Balance.of(counts, clients.refused() + clients.unknown(), clients.unknown());
  }

  /** Those that were waited for in vain are errors; of others that is known only when they come. */
  private static Balance roundTrips(Counts counts, boolean isCutShort) {
    long missing = counts.get(Count.SENT) - counts.get(Count.RECEIVED);
    return Balance.of(counts, missing, isCutShort ? missing - counts.get(Count.ERRORS) : 0);
  }
}
