package io.stompbox.client;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whatever threads want of a client's state at once, the table decides as if one came first. */
public class LifecycleLincheckTest {
  private final Lifecycle lifecycle = new Lifecycle(change -> {}, Runnable::run, Observation.none());

  /** Creates one in the first state. */
  public LifecycleLincheckTest() {}

  @Operation
  public boolean connect() {
    return lifecycle.transition(ClientState.CONNECTING, 0, null);
  }

  @Operation
  public boolean connected() {
    return lifecycle.transition(ClientState.CONNECTED, 1, null);
  }

  @Operation
  public boolean lose() {
    return lifecycle.transition(ClientState.RECOVERING, 1, null);
  }

  @Operation
  public boolean drain() {
    return lifecycle.transition(ClientState.DRAINING, 1, null);
  }

  @Operation
  public boolean fail() {
    return lifecycle.transition(ClientState.FAILED, 1, null);
  }

  @Operation
  public boolean close() {
    return lifecycle.transition(ClientState.CLOSED, 1, null);
  }

  @Operation
  public ClientState state() {
    return lifecycle.state();
  }

  @Test
  void everyInterleavingIsAnOrder() {
    new ModelCheckingOptions().iterations(10).invocationsPerIteration(300).check(getClass());
  }

  @Test
  void threadsThatRunAreInAnOrder() {
    new StressOptions().iterations(10).invocationsPerIteration(1000).check(getClass());
  }
}
