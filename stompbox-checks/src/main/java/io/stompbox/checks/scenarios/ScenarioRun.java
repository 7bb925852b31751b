package io.stompbox.checks.scenarios;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.script.FaultScript;
import io.stompbox.testkit.script.Scope;
import io.stompbox.testkit.script.ScriptFailure;
import io.stompbox.testkit.script.Statements;
import java.util.ArrayList;
import java.util.List;

/** Plays a scenario once, with sockets on the loopback interface. */
final class ScenarioRun implements AutoCloseable {
  private final Scenario scenario;
  private final Scope scope;
  private final List<ScriptedBroker> brokers = new ArrayList<>();

  /** The proxies before brokers that have one. */
  private final List<FaultProxy> proxies = new ArrayList<>();

  ScenarioRun(Scenario scenario) {
    this.scenario = scenario;
    this.scope = Scope.within(scenario.limit());
  }

  /**
   * Plays it; returns what was not fulfilled, and the invariants that it broke; nothing if all was
   * as it should be.
   */
  static List<String> failures(Scenario scenario) {
    List<String> failures = new ArrayList<>();
    Invariants invariants = Invariants.begin();
    try (ScenarioRun run = new ScenarioRun(scenario)) {
      run.play(invariants, failures);
    }
    collect(failures, invariants::end);
    return failures;
  }

  private void play(Invariants invariants, List<String> failures) {
    try (Actor actor = new Actor(startBrokers(), proxies, invariants)) {
      collect(failures, () -> Statements.run(scenario.client(), actor, scope));
      collect(failures, scope::joinAll);
    }
    for (ScriptedBroker broker : brokers) {
      collect(failures, broker::assertScriptsDone);
    }
  }

  private List<String> startBrokers() {
    List<String> addresses = new ArrayList<>();
    for (Scenario.BrokerPart part : scenario.brokers()) {
      ScriptedBroker broker = ScriptedBroker.start();
      brokers.add(broker);
      part.script().playOn(broker, scope);
      addresses.add(part.faults().map(faults -> startProxy(broker, faults)).orElse(broker.uri()));
    }
    return addresses;
  }

  private String startProxy(ScriptedBroker broker, FaultScript faults) {
    FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port());
    proxies.add(proxy);
    faults.applyTo(proxy);
    return proxy.uri();
  }

  /** Something that fails by throwing. */
  private interface Part {
    void run() throws Exception;
  }

  private static void collect(List<String> failures, Part part) {
    try {
      part.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add("interrupted");
    } catch (Exception | AssertionError e) {
      failures.add(text(e));
    }
  }

  /** A failure of a script has its place in it; what is around it adds nothing. */
  private static String text(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof ScriptFailure) {
      return text(cause);
    }
    return String.valueOf(failure.getMessage());
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::close);
    brokers.forEach(ScriptedBroker::close);
  }
}
