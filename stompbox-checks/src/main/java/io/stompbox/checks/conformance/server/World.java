package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.Cutting;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.BrokerConnection;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.QueueBrokerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker, its clients and the time, for one try of a case. */
final class World {
  /** How the octets of clients are cut: the index of one of {@link #cuttings}. */
  private final int cutting;

  private final Version version;
  private final QueueBroker broker;
  private final List<Client> clients = new ArrayList<>();

  /** In nanoseconds; starts just before the clock of the JVM could overflow. */
  private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

  World(QueueBrokerOptions options, Version version, int cutting) {
    this.broker = new QueueBroker(options);
    this.version = version;
    this.cutting = cutting;
  }

  /** Returns how the ways to cut octets are called. */
  static List<String> cuttings() {
    return Cutting.of(List.of(Body.empty())).stream().map(Cutting::name).toList();
  }

  /** The version that this try is about. */
  Version version() {
    return version;
  }

  long now() {
    return now;
  }

  Client connect() {
    BrokerConnection connection = broker.connect(now);
    Client client = new Client(this, connection);
    clients.add(client);
    return client;
  }

  /** Returns the pieces in which these octets of a client arrive. */
  List<byte[]> pieces(Body octets) {
    return Cutting.of(List.of(octets)).get(cutting).reads();
  }

  /** Lets time pass, and everything happen when it is due. */
  void advance(int millis) {
    long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
    long next = nanosUntilDue();
    while (next <= end - now) {
      now += next;
      clients.forEach(Client::tick);
      next = Math.max(1, nanosUntilDue());
    }
    now = end;
  }

  private long nanosUntilDue() {
    return clients.stream().mapToLong(Client::nanosUntilDue).min().orElse(Long.MAX_VALUE);
  }

  /** Collects what the broker wrote to any client. */
  void pump() {
    clients.forEach(Client::pump);
  }
}
