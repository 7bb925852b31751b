package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Bodies;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.RoundTrips;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A scenario as a user of any library would write it. */
final class LibraryRun<M> implements Run {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

  private final Session<M> session;
  private final Scenario scenario;
  private final Endpoint endpoint;
  private final byte[] body;
  private final Destinations destinations;
  private final String echo;

  /** Written by whatever thread the library calls with messages. */
  private final AtomicLong received = new AtomicLong();

  /** How many make it whole. */
  private volatile long target;

  /** Who waits for them. */
  private volatile @Nullable Thread waiter;

  private volatile @Nullable Throwable failure;
  private volatile RoundTrips roundTrips = nanos -> {};
  private volatile long sentAt;
  private boolean hasEcho;

  LibraryRun(Session<M> session, Scenario scenario, Endpoint endpoint) {
    this.session = session;
    this.scenario = scenario;
    this.endpoint = endpoint;
    this.body = Bodies.json(1, scenario.size());
    this.destinations = new Destinations(endpoint);
    this.echo = destinations.echo();
  }

  @Override
  public void prepare(long messages) throws Exception {
    destinations.next();
    boolean receives = scenario.work() == Work.RECEIVE || scenario.work() == Work.RECEIVE_ACK;
    if (receives && !endpoint.makesMessages()) {
      RawSocket.fill(endpoint, destinations.source(messages, scenario.size()), body, messages);
    }
  }

  @Override
  public void run(long messages, RoundTrips trips) throws Exception {
    received.set(0);
    target = messages;
    waiter = Thread.currentThread();
    roundTrips = trips;
    switch (scenario.work()) {
      case SEND -> send(messages);
      case SEND_CONFIRMED -> sendConfirmed(messages);
      case RECEIVE, RECEIVE_ACK -> receive(messages);
      case PING_PONG -> pingPong(messages);
      case PING_PONG_CALLBACK -> pingPongInCallback(messages);
    }
    check();
  }

  private void send(long messages) throws Exception {
    for (long i = 0; i < messages; i++) {
      session.send(destinations.sink(), body);
    }
    session.sync();
  }

  private void sendConfirmed(long messages) throws Exception {
    for (long i = 0; i < messages; i++) {
      session.sendConfirmed(destinations.sink(), body);
    }
    session.sync();
  }

  private void receive(long messages) throws Exception {
    boolean acknowledges = scenario.work() == Work.RECEIVE_ACK;
    session.subscribe(
        destinations.source(messages, scenario.size()),
        (message, destination, first, octets) -> {
          look(destination, first, octets);
          if (acknowledges) {
            session.ack(message);
          }
          count();
        });
    session.pump(messages);
    awaitTarget();
    if (acknowledges) {
      session.sync();
    }
  }

  /** Every body that is received begins like the one that is sent. */
  private void look(String destination, byte first, int octets) {
    if (destination.isBlank() || first != body[0] || octets != scenario.size()) {
      failure =
          new IllegalStateException(
              "a message from '" + destination + "' has " + octets + " octets, the first " + first);
    }
  }

  /** One thread counts. */
  private void count() {
    long count = received.get() + 1;
    received.lazySet(count);
    if (count == target) {
      received.set(count);
      LockSupport.unpark(waiter);
    }
  }

  private void pingPong(long messages) throws Exception {
    if (!hasEcho) {
      session.subscribe(
          echo,
          (message, destination, first, octets) -> {
            look(destination, first, octets);
            pong();
          });
      hasEcho = true;
    }
    for (long i = 1; i <= messages; i++) {
      long start = System.nanoTime();
      session.send(echo, body);
      session.pump(1);
      while (received.get() < i) {
        LockSupport.park(this);
        check();
      }
      roundTrips.add(System.nanoTime() - start);
    }
  }

  private void pong() {
    received.incrementAndGet();
    LockSupport.unpark(waiter);
  }

  private void pingPongInCallback(long messages) throws Exception {
    if (!hasEcho) {
      session.subscribe(
          echo,
          (message, destination, first, octets) -> {
            look(destination, first, octets);
            pongAndPing();
          });
      hasEcho = true;
    }
    sentAt = System.nanoTime();
    session.send(echo, body);
    session.pump(messages);
    awaitTarget();
  }

  private void pongAndPing() throws Exception {
    roundTrips.add(System.nanoTime() - sentAt);
    boolean goesOn = received.get() + 1 < target;
    count();
    if (goesOn) {
      sentAt = System.nanoTime();
      session.send(echo, body);
    }
  }

  private void awaitTarget() {
    long last = -1;
    long since = System.nanoTime();
    for (long now = received.get(); now < target; now = received.get()) {
      check();
      if (now != last) {
        last = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PATIENCE) {
        throw new IllegalStateException(
            "no message for a minute after " + now + " of " + target + "; is the peer alive?");
      }
      LockSupport.parkNanos(this, LOOK_AGAIN);
    }
  }

  private void check() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the scenario failed: " + cause, cause);
    }
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
