package io.stompbox.cli.shell;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.CloseReport;
import io.stompbox.client.StompClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;

/** One use of the shell from the first line to the farewell. */
final class Sitting {
  /** For what is on its way when something ends the shell. */
  private static final Duration DRAIN = Duration.ofMillis(1500);

  private final StompClient client;
  private final Screen screen;
  private final Watch watch;
  private final Ending ending;
  private final ShellPlan plan;
  private final Conversation conversation;
  private final Incoming incoming;
  private final Shell shell;

  Sitting(StompClient client, Screen screen, Watch watch, Ending ending, ShellPlan plan) {
    this.client = client;
    this.screen = screen;
    this.watch = watch;
    this.ending = ending;
    this.plan = plan;
    this.conversation = new Conversation(client, screen, plan.limit());
    this.incoming = new Incoming(screen, plan, ending);
    // Standard output has nothing but objects, if they are asked for.
    Consumer<String> answers = plan.format() == MessageFormat.JSON ? screen::tell : screen::show;
    List<Verb> verbs = new ArrayList<>();
    verbs.addAll(new SubscriptionVerbs(conversation, incoming).all());
    verbs.addAll(new MessageVerbs(conversation, screen, incoming).all());
    verbs.addAll(new ToolVerbs(conversation, watch, incoming.received(), answers).all());
    this.shell = new Shell(screen, ending, verbs, answers);
  }

  /**
   * Does what a script says, and waits for what is on its way.
   *
   * @throws Failure if something ended it, or its standard output can't be written to
   * @throws InterruptedException if the thread is interrupted
   */
  ExitCode script(Lines lines) throws InterruptedException {
    try {
      shell.perform(lines);
      if (!conversation.destinations().isEmpty()) {
        incoming.received().awaitSilence(plan.silence());
      }
    } catch (InterruptedException e) {
      ExitCode unused = tellLosses(client.close(DRAIN));
      throw ending.reason().orElseThrow(() -> interrupted(e));
    }
    return status(leave());
  }

  /**
   * Does what a person types, and returns when they leave.
   *
   * @param login who is logged in; empty if nobody is
   * @throws Failure if something ended it
   * @throws InterruptedException if the process ends
   */
  ExitCode typed(Terminal terminal, Optional<String> login, Optional<Path> history)
      throws InterruptedException {
    Prompt prompt = new Prompt(login, watch, conversation);
    Completion completion = new Completion(shell.verbs(), conversation);
    Keyboard keyboard = new Keyboard(terminal, prompt, completion, history);
    screen.above(keyboard::printAbove);
    ExitCode left;
    try {
      screen.tell(
          "Connected to %s, STOMP %s; help lists the commands, Ctrl-D leaves"
              .formatted(watch.host(), client.agreement().version()));
      shell.perform(keyboard);
      left = leave();
    } finally {
      screen.above(null);
      // Before the terminal, as that may take all the time that an ending process has.
      client.close();
    }
    ending.reason().ifPresent(Sitting::raise);
    return left;
  }

  private static void raise(Failure reason) {
    throw reason;
  }

  private static Failure interrupted(InterruptedException e) {
    return new Failure(ExitCode.INTERRUPTED, "interrupted", List.of(), e);
  }

  /** Says goodbye, and tells what the broker had against what was sent last, and what was lost. */
  private ExitCode leave() {
    screen.tell("Shutting down, please wait");
    CloseReport report = client.close(plan.limit());
    report
        .failure()
        .filter(failure -> failure instanceof BrokerErrorException)
        .ifPresent(refusal -> screen.tell(Failure.during("what was sent", refusal), ""));
    return tellLosses(report);
  }

  /** Tells how many messages did not get to the broker, or perhaps not; OK if there are none. */
  private ExitCode tellLosses(CloseReport report) {
    long unsent = report.sends().notSent();
    long unknown = report.sends().unknown();
    if (unsent > 0) {
      screen.tell(
          "stompbox: " + unsent + (unsent == 1 ? " message was" : " messages were") + " not sent");
    }
    if (unknown > 0) {
      screen.tell(
          "stompbox: whether the broker has got "
              + (unknown == 1 ? "1 message" : unknown + " messages")
              + " is not known");
    }
    boolean isWhole = tellTransaction(conversation.uncommitted(), conversation.unsettled());
    if (unsent + unknown == 0 && isWhole) {
      return ExitCode.OK;
    }
    return report.failure().isPresent() ? ExitCode.CONNECTION_LOST : ExitCode.PARTLY_DONE;
  }

  /** Tells what a transaction had that was left open; returns whether that was nothing. */
  private boolean tellTransaction(int sent, int settled) {
    if (sent > 0) {
      screen.tell(
          "stompbox: the transaction was not committed, so the broker has dropped its "
              + (sent == 1 ? "message" : sent + " messages"));
    }
    if (settled > 0) {
      screen.tell(
          "stompbox: the transaction was not committed, so "
              + (settled == 1
                  ? "1 message that was settled in it comes"
                  : settled + " messages that were settled in it come")
              + " again");
    }
    return sent + settled == 0;
  }

  /** What was lost when it was left counts more than commands whose failures were told. */
  private ExitCode status(ExitCode left) {
    ending.reason().ifPresent(Sitting::raise);
    if (shell.failures() > 0) {
      screen.tell(
          "stompbox: %d of %d commands failed".formatted(shell.failures(), shell.commands()));
    }
    if (watch.errors() > 0) {
      return ExitCode.BROKER_ERROR;
    }
    return left == ExitCode.OK && shell.failures() > 0 ? ExitCode.PARTLY_DONE : left;
  }
}
