package io.stompbox.cli.shell;

import io.stompbox.client.ClientState;
import java.util.Optional;
import java.util.function.Supplier;

/** Who talks to whom, in which transaction, and whether there is a connection. */
final class Prompt implements Supplier<String> {
  private final Optional<String> login;
  private final Watch watch;
  private final Conversation conversation;

  Prompt(Optional<String> login, Watch watch, Conversation conversation) {
    this.login = login;
    this.watch = watch;
    this.conversation = conversation;
  }

  @Override
  public String get() {
    ClientState state = watch.state();
    String trouble =
        switch (state) {
          case RECOVERING -> " (reconnecting)";
          case FAILED -> " (not connected)";
          default -> "";
        };
    return login.map(name -> name + "@").orElse("")
        + watch.host()
        + conversation.transactionId().map(id -> " tx:" + id).orElse("")
        + trouble
        + "> ";
  }
}
