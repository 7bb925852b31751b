package io.stompbox.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.ClientState;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.Subscription;
import io.stompbox.client.pool.PooledConnection.Use;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools of connections to brokers. */
class ConnectionPoolTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final PoolOptions TWO = PoolOptions.defaults().withMost(2);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final QueueBroker queues = new QueueBroker();

  @BeforeEach
  void serve() {
    broker.otherwise(queues::serve);
  }

  @Test
  void allThreadsShareOneConnectionForEachBroker() throws Exception {
    try (ScriptedBroker other = ScriptedBroker.start();
        ConnectionPool pool = ConnectionPool.create()) {
      other.otherwise(new QueueBroker()::serve);
      inThreads(
          4,
          () -> {
            pool.shared(broker.uri()).sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
            pool.shared(other.uri()).send("/queue/a", "x");
          });

      assertThat(pool.connections())
          .extracting(PooledConnection::broker, PooledConnection::use)
          .containsExactlyInAnyOrder(
              tuple(broker.uri(), Use.SHARED), tuple(other.uri(), Use.SHARED));
      assertThat(queues.waiting("/queue/a")).isEqualTo(4);
    }
  }

  @Test
  void eachThreadHasAConnectionOfItsOwnUntilItEnds() throws Exception {
    try (ConnectionPool pool = ConnectionPool.create()) {
      PooledPublisher publisher = pool.perThread(broker.uri());
      CountDownLatch sent = new CountDownLatch(2);
      inThreads(
          2,
          () -> {
            publisher.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
            publisher.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
            sent.countDown();
            sent.await();
            assertThat(pool.connections())
                .hasSize(2)
                .allMatch(each -> each.use() == Use.PER_THREAD);
          });

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                assertThat(pool.evict(LIMIT)).isZero();
                assertThat(pool.connections()).hasSize(2).allMatch(each -> each.use() == Use.IDLE);
              });
    }
  }

  @Test
  void onlyTheSharedConnectionCanSubscribe() throws Exception {
    assertThat(Stream.of(PooledPublisher.class.getMethods()).map(Method::getName))
        .noneMatch(name -> name.equals("client") || name.contains("ubscribe"));

    try (ConnectionPool pool = ConnectionPool.create();
        Subscription subscription = pool.client(broker.uri()).subscribe("/queue/a")) {
      pool.shared(broker.uri()).send("/queue/a", "hello");

      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("hello");
      assertThat(pool.connections()).hasSize(1);
      assertThat(pool.evict(Duration.ZERO)).isZero();
    }
  }

  @Test
  void aBorrowedConnectionIsNobodyElsesAndIsUsedAgain() throws Exception {
    try (ConnectionPool pool = ConnectionPool.create(TWO)) {
      Lease first = pool.borrow(broker.uri());
      Lease second = pool.borrow(broker.uri());
      StompClient client = first.client();
      assertThat(second.client()).isNotSameAs(client);
      first.close();
      first.close();

      assertThatIllegalStateException()
          .isThrownBy(first::client)
          .withMessageContaining("was given back to its pool; borrow another one");
      assertThat(pool.connections())
          .extracting(PooledConnection::use)
          .containsExactlyInAnyOrder(Use.BORROWED, Use.IDLE);
      assertThat(pool.borrow(broker.uri()).client()).isSameAs(client);
    }
  }

  @Test
  void whoeverWaitsLongestGetsTheConnectionThatComesBack() throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    try (ConnectionPool pool = ConnectionPool.create(TWO.withMost(1))) {
      Lease only = pool.borrow(broker.uri());
      Thread one = waiter(pool, order, 1);
      Thread two = waiter(pool, order, 2);
      Thread three = waiter(pool, order, 3);
      only.close();
      for (Thread each : List.of(one, two, three)) {
        each.join();
      }

      assertThat(order).containsExactly(1, 2, 3);
      assertThat(pool.connections()).hasSize(1);
    }
  }

  private Thread waiter(ConnectionPool pool, List<Integer> order, int number) {
    Thread thread =
        new Thread(
            () -> {
              try (Lease lease = pool.borrow(broker.uri(), LIMIT)) {
                assertThat(lease.client().state()).isEqualTo(ClientState.CONNECTED);
                order.add(number);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    await().atMost(LIMIT).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void whoeverWaitsTooLongIsToldWhatToDo() throws Exception {
    PoolOptions impatient = TWO.withMost(1).withPatience(Duration.ofMillis(20));
    try (ConnectionPool pool = ConnectionPool.create(impatient)) {
      Lease only = pool.borrow(broker.uri());

      assertThatExceptionOfType(StompTimeoutException.class)
          .isThrownBy(() -> pool.borrow(broker.uri()))
          .withMessageContaining("all 1 connections of the pool are in use")
          .withMessageContaining("raise PoolOptions.withMost");
      only.discard();
      assertThat(pool.connections()).isEmpty();
      pool.perThread(broker.uri()).send("/queue/a", "x");
      assertThatExceptionOfType(StompTimeoutException.class)
          .isThrownBy(() -> pool.borrow(broker.uri()));
    }
  }

  @Test
  void aConnectionThatIsNotHealthyIsReplaced() throws Exception {
    AtomicBoolean isWell = new AtomicBoolean(true);
    PoolOptions checking = TWO.withHealthCheck(client -> isWell.getAndSet(true));
    try (ConnectionPool pool = ConnectionPool.create(checking)) {
      Lease lease = pool.borrow(broker.uri());
      StompClient first = lease.client();
      lease.close();

      isWell.set(false);
      Lease another = pool.borrow(broker.uri());

      assertThat(another.client()).isNotSameAs(first);
      assertThat(first.state()).isEqualTo(ClientState.CLOSED);
    }
  }

  @Test
  void aSharedConnectionThatSomebodyClosedIsReplaced() throws Exception {
    try (ConnectionPool pool = ConnectionPool.create()) {
      PooledPublisher publisher = pool.shared(broker.uri());
      publisher.send("/queue/a", "one");
      pool.client(broker.uri()).close();

      publisher.sendConfirmed(Outgoing.to("/queue/a").text("two")).await(LIMIT);

      assertThat(queues.waiting("/queue/a")).isEqualTo(2);
    }
  }

  @Test
  void connectionsThatNobodyUsesAreClosedAfterAWhile() throws Exception {
    PoolOptions brief = TWO.withIdle(Duration.ofMillis(20));
    try (ConnectionPool pool = ConnectionPool.create(brief)) {
      pool.shared(broker.uri()).send("/queue/a", "x");
      pool.perThread(broker.uri()).send("/queue/a", "x");
      pool.borrow(broker.uri()).close();
      assertThat(pool.connections()).isNotEmpty();

      await().atMost(LIMIT).until(() -> pool.connections().isEmpty());

      pool.shared(broker.uri()).sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
    }
  }

  @Test
  void closingClosesAllAndThenItGivesNone() throws Exception {
    ConnectionPool pool = ConnectionPool.create();
    PooledPublisher shared = pool.shared(broker.uri());
    shared.send("/queue/a", "x");
    Lease lease = pool.borrow(broker.uri());
    StompClient client = lease.client();
    pool.close();
    pool.close();

    assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    lease.close();
    assertThatIllegalStateException().isThrownBy(() -> pool.borrow(broker.uri()));
    assertThatIllegalStateException()
        .isThrownBy(() -> shared.send("/queue/a", "late"))
        .withMessage("the pool is closed");
  }

  @Test
  void closingEndsTheWaitForAConnection() throws Exception {
    ConnectionPool pool = ConnectionPool.create(TWO.withMost(1));
    Lease only = pool.borrow(broker.uri());
    FutureTask<Lease> waiting = new FutureTask<>(() -> pool.borrow(broker.uri(), LIMIT));
    Thread thread = new Thread(waiting);
    thread.start();
    await().atMost(LIMIT).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    pool.close();
    pool.close();

    assertThatThrownBy(waiting::get)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the pool is closed");
    only.close();
  }

  @Test
  void whoeverWaitsMayDoSoForeverAndConnectionsMayStay() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    try (ConnectionPool pool = ConnectionPool.create(TWO.withPatience(forever).withIdle(forever))) {
      pool.borrow(broker.uri()).close();

      assertThat(pool.evict(forever)).isZero();
      assertThat(pool.connections()).hasSize(1);
    }
  }

  @Test
  void aHealthCheckThatThrowsSaysNo() throws Exception {
    AtomicBoolean isBroken = new AtomicBoolean();
    PoolOptions checking =
        TWO.withMost(1)
            .withHealthCheck(
                client -> {
                  if (isBroken.get()) {
                    throw new IllegalStateException("on purpose");
                  }
                  return true;
                });
    try (ConnectionPool pool = ConnectionPool.create(checking)) {
      Lease lease = pool.borrow(broker.uri());
      StompClient first = lease.client();
      isBroken.set(true);
      lease.close();
      assertThat(first.state()).isEqualTo(ClientState.CLOSED);

      isBroken.set(false);
      pool.borrow(broker.uri(), LIMIT).close();
      StompClient second = pool.connections().get(0).client();
      isBroken.set(true);
      assertThat(pool.borrow(broker.uri(), LIMIT).client()).isNotSameAs(second);
      assertThat(second.state()).isEqualTo(ClientState.CLOSED);
      assertThat(pool.connections()).hasSize(1);
    }
  }

  @Test
  void optionsThatNoPoolCanKeepAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TWO.withMost(0))
        .withMessageContaining("at least 1 connection for each broker: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TWO.withPatience(Duration.ofMillis(-1)))
        .withMessageContaining("patience must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TWO.withIdle(Duration.ofMillis(-1)))
        .withMessageContaining("idle must not be negative");
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void inThreads(int number, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(number);
    try {
      List<Future<Boolean>> all =
          threads.invokeAll(
              Collections.nCopies(
                  number,
                  () -> {
                    work.run();
                    return true;
                  }));
      for (Future<Boolean> each : all) {
        each.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdown();
      threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
