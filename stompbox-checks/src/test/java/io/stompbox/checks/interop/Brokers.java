package io.stompbox.checks.interop;

import io.stompbox.checks.invariants.LiveThreads;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The brokers for the tests of one class, in a static field {@code BROKERS} that is registered as
 * an extension: each test must leave no thread of a client, and the last is followed by the end of
 * the brokers. See {@link EachBroker}.
 */
final class Brokers implements Iterable<BrokerUnderTest>, AfterEachCallback, AfterAllCallback {
  private final List<BrokerUnderTest> brokers;
  private final AtomicInteger names = new AtomicInteger();

  private Brokers(Predicate<BrokerKind> which) {
    this.brokers =
        Arrays.stream(BrokerKind.values()).filter(which).map(BrokerUnderTest::new).toList();
  }

  /** Returns one of each kind; none is started before a test needs it. */
  static Brokers ofEachKind() {
    return new Brokers(any -> true);
  }

  /** Returns one of each kind that is somebody else's product. */
  static Brokers ofOthers() {
    return new Brokers(kind -> kind != BrokerKind.QUEUES);
  }

  /** Returns the arguments for tests with each broker and each of these. */
  Stream<Arguments> with(List<?> variants) {
    return brokers.stream()
        .flatMap(broker -> variants.stream().map(variant -> Arguments.of(broker, variant)));
  }

  /** Returns a name that no other test of the class has, to name a queue of its own. */
  String newName(String about) {
    return about + "-" + names.incrementAndGet();
  }

  @Override
  public Iterator<BrokerUnderTest> iterator() {
    return brokers.iterator();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    LiveThreads.awaitNoneOfClients();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    brokers.forEach(BrokerUnderTest::stop);
  }
}
