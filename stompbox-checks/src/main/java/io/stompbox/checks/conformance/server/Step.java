package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.Mismatch;

/** One step of a case. */
@FunctionalInterface
interface Step {
  /**
   * Does or checks something.
   *
   * @throws Mismatch if it does not see what it must see
   */
  void play(Client client);
}
