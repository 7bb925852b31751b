package io.stompbox.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Brokers that tests ask for: who shares one, and when it stops. */
@Timeout(120)
class StompBrokerTest {
  /** Ports by who got them, noted by the class that is run below. */
  private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();

  private static final List<String> ANSWERED = new CopyOnWriteArrayList<>();

  @Test
  void aClassSharesOneAndEachTestHasItsOwnAndAllStop() {
    TestExecutionSummary summary = run(Example.class);

    assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    assertThat(PORTS.get("first static")).isEqualTo(PORTS.get("second static"));
    assertThat(PORTS.get("beforeAll")).isEqualTo(PORTS.get("first static"));
    assertThat(PORTS.get("constructor")).isEqualTo(PORTS.get("first static"));
    assertThat(PORTS.get("first field")).isEqualTo(PORTS.get("first parameter"));
    assertThat(PORTS.get("first beforeEach")).isEqualTo(PORTS.get("first parameter"));
    assertThat(PORTS.get("first parameter")).isNotEqualTo(PORTS.get("second parameter"));
    assertThat(PORTS.get("first parameter")).isNotEqualTo(PORTS.get("first static"));
    assertThat(ANSWERED).containsExactlyInAnyOrder("first", "second", "afterAll");
    assertThat(PORTS.values()).allSatisfy(StompBrokerTest::assertRefuses);
  }

  private static void assertRefuses(int port) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .as("port %d after the tests", port)
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void anotherTypeIsRefusedWithAWordOnWhatIsGiven() {
    TestExecutionSummary summary = run(WrongType.class);

    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessageContaining("@StompBroker gives an EmbeddedBroker, but")
                    .hasMessageContaining("is a String"));
  }

  private static TestExecutionSummary run(Class<?> tests) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
    return listener.getSummary();
  }

  /** Not found by the build, since it is an inner class without a name that ends with Test. */
  static class Example {
    @SuppressWarnings("NullAway.Init") // The extension sets it.
    @StompBroker
    private static EmbeddedBroker shared;

    @SuppressWarnings("NullAway.Init")
    @StompBroker
    private EmbeddedBroker own;

    Example(@StompBroker EmbeddedBroker broker) {
      PORTS.put("constructor", broker.port());
    }

    @BeforeAll
    static void beforeAll(@StompBroker EmbeddedBroker broker) {
      PORTS.put("beforeAll", broker.port());
    }

    @BeforeEach
    void beforeEach(@StompBroker EmbeddedBroker broker, TestInfo test) {
      PORTS.put(test.getTestMethod().orElseThrow().getName() + " beforeEach", broker.port());
    }

    @Test
    void first(@StompBroker EmbeddedBroker broker) throws IOException {
      note("first", broker);
    }

    @Test
    void second(@StompBroker EmbeddedBroker broker) throws IOException {
      note("second", broker);
    }

    private void note(String name, EmbeddedBroker broker) throws IOException {
      PORTS.put(name + " static", shared.port());
      PORTS.put(name + " field", own.port());
      PORTS.put(name + " parameter", broker.port());
      connect(broker, name);
    }

    private static void connect(EmbeddedBroker broker, String who) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
        ANSWERED.add(socket.isConnected() ? who : "nobody");
      }
    }

    @AfterAll
    static void afterAll() throws IOException {
      connect(shared, "afterAll");
    }
  }

  /** Run by a test. */
  static class WrongType {
    @Test
    void test(@StompBroker String broker) {
      throw new AssertionError("not reached: " + broker);
    }
  }
}
