package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;

/** Says on standard error when a connection is lost and when it is there again. */
final class Losses {
  private final Environment environment;
  private final String whose;

  /**
   * Creates it.
   *
   * @param whose begins each line, where there are several connections
   */
  Losses(Environment environment, String whose) {
    this.environment = environment;
    this.whose = whose;
  }

  void tell(StateChange change) {
    if (change.to() == ClientState.RECOVERING) {
      String reason = change.cause().map(Throwable::getMessage).orElse("lost the connection");
      environment.tell(whose + reason + "; connecting again");
    } else if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
      environment.tell(whose + "connected again");
    }
  }
}
