package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverSchedule;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The steps that only a client with threads and sockets can take. */
final class ClientSteps {
  /** More retries than it takes to reach any cap. */
  private static final int MANY = 40;

  private final ClientDriver client;

  ClientSteps(ClientDriver client) {
    this.client = client;
  }

  void run(Json.Fields step, String word) {
    step.expectOnly("'" + word + "'", Set.of(word));
    switch (word) {
      case "logs_lack" -> {
        client.settle();
        boolean lacks = !client.told().contains(step.text(word));
        Mismatch.unless(lacks, "nothing that is logged or shown has it", client.told());
      }
      case "no_connect_attempt" -> {
        int before = client.handshakes();
        client.settle();
        Mismatch.unless(
            client.attempts() == before, "no attempt to connect", client.attempts() - before);
      }
      case "supplier_called_times" -> {
        int times = step.whole(word);
        client.awaits(() -> client.supplierCalls() >= times);
        client.settle();
        Mismatch.unless(client.supplierCalls() == times, times + " calls", client.supplierCalls());
      }
      case "connect_attempts" -> attempts(step.fields(word));
      default -> throw Texts.cannot("'" + word + "'");
    }
  }

  /**
   * That a client goes on trying is seen on the client, with delays so short that nobody has to
   * wait; how long the delays are that the case names is seen on the schedule that it follows.
   */
  private void attempts(Json.Fields wish) {
    wish.expectOnly("'connect_attempts'", Set.of("fail_first", "delays_ms"));
    int failing = wish.whole("fail_first");
    client.failNext(failing);
    client.awaits(() -> client.attempts() > failing && client.ledger().isOpen());
    client.settle();
    Mismatch.unless(
        client.attempts() == failing + 1,
        failing + " failing attempts and one more",
        client.attempts() + " attempts");
    delays(wish.fields("delays_ms"));
  }

  private static void delays(Json.Fields wish) {
    wish.expectOnly("'delays_ms'", Set.of("first", "factor", "cap", "jitter"));
    Duration first = Duration.ofMillis(wish.whole("first"));
    Duration cap = Duration.ofMillis(wish.whole("cap"));
    boolean hasJitter = wish.flag("jitter");
    BackOff.Jitter jitter =
        hasJitter ? new BackOff.Jitter.Additive(first) : new BackOff.Jitter.None();
    BackOff backOff = new BackOff(first, cap, wish.whole("factor"), jitter);
    List<Long> one = delays(backOff, new Random(1));
    List<Long> other = delays(backOff, new Random(2));
    long grown = first.toMillis();
    for (long delay : one) {
      long most = Math.min(grown + (hasJitter ? first.toMillis() : 0), cap.toMillis());
      long least = Math.min(grown, cap.toMillis());
      Mismatch.unless(
          delay >= least && delay <= most, "from " + least + " to " + most + " ms", one);
      grown = Math.min(grown * wish.whole("factor"), cap.toMillis());
    }
    Mismatch.unless(one.get(MANY - 1) == cap.toMillis(), "the cap is reached", one);
    Mismatch.unless(hasJitter != one.equals(other), "chance changes delays: " + hasJitter, one);
  }

  private static List<Long> delays(BackOff backOff, Random random) {
    ReconnectPolicy policy =
        ReconnectPolicy.standard().with(backOff).withStartupRetries(ReconnectPolicy.FOREVER);
    List<BrokerAddress> brokers = FailoverUri.parse("stomp://h:1").brokers();
    FailoverSchedule schedule = new FailoverSchedule(brokers, policy, random, host -> false);
    List<Long> delays = new ArrayList<>();
    schedule.next();
    for (int i = 0; i < MANY; i++) {
      delays.add(schedule.next().orElseThrow().delay().toMillis());
    }
    return delays;
  }
}
