package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.ProgressLine;
import io.stompbox.cli.process.TooLarge;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Moves messages from one broker to another. */
final class PipeRun {
  private static final int PROGRESS_MILLIS = 200;

  /** How long to wait for a message before looking after those that are on their way. */
  private static final Duration TURN = Duration.ofMillis(200);

  /** For what is on its way when Ctrl-C comes. */
  private static final Duration DRAIN = Duration.ofMillis(1200);

  private static final String STAY = "messages that were not acknowledged stay at the source";

  private final Environment environment;
  private final StompClient source;
  private final Forwarding forwarding;
  private final PipeTally tally;
  private final ProgressLine progress;
  private final long start = System.nanoTime();

  PipeRun(Environment environment, StompClient source, Forwarding forwarding, PipeTally tally) {
    this.environment = environment;
    this.source = source;
    this.forwarding = forwarding;
    this.tally = tally;
    this.progress = new ProgressLine(environment, PROGRESS_MILLIS);
  }

  /**
   * Moves them until no more are to come.
   *
   * @param limit how long to wait for the last ones to be confirmed
   * @return whether all that came were confirmed
   * @throws Failure if no more can be moved, or the thread was interrupted
   */
  boolean run(Reception reception, Duration limit) throws InterruptedException {
    try {
      move(reception);
      boolean isDrained = forwarding.drain(limit);
      end(isDrained ? environment::tell : environment::insist);
      return isDrained;
    } catch (InterruptedException | RuntimeException e) {
      Failure failure = Failure.of(e);
      if (failure.code() == ExitCode.INTERRUPTED) {
        drainAfterInterruption();
        end(open() == 0 ? environment::tell : environment::insist);
        throw failure;
      }
      end(environment::insist);
      throw e instanceof StompException stomp
          ? partly(Failure.during("the pipe", stomp))
          : failure(e);
    }
  }

  private void move(Reception reception) throws InterruptedException {
    while (!reception.isOver()) {
      Duration limit = reception.limit();
      Optional<Delivery> next = source.receive(limit.compareTo(TURN) < 0 ? limit : TURN);
      if (next.isPresent()) {
        reception.received();
        tally.received();
        forwarding.forward(next.get());
      } else {
        forwarding.idle();
      }
      progress.show(this::progressText);
    }
  }

  private void drainAfterInterruption() {
    boolean unused = Thread.interrupted();
    try {
      forwarding.drain(DRAIN);
    } catch (InterruptedException | RuntimeException leftAsItIs) {
      environment.insist("what was on its way is left as it is: " + leftAsItIs.getMessage());
    }
  }

  /** Says it first: closing may take all the time that is left after Ctrl-C. */
  private void end(Consumer<String> teller) {
    progress.end(this::progressText);
    teller.accept(tally + (open() == 0 ? "" : "; " + open() + " came or come again"));
    source.close();
  }

  /** How many the source was not told of. */
  private long open() {
    return tally.messagesReceived() - tally.messagesAcknowledged();
  }

  private String progressText() {
    return tally
        + "  "
        + ProgressLine.rate(tally.messagesAcknowledged(), System.nanoTime() - start);
  }

  /** Returns the failure for a pipe that can't go on, whatever it has moved. */
  Failure partly(Failure failure) {
    return partly(failure, TooLarge.advice(failure, STAY));
  }

  private Failure partly(Failure failure, List<String> advice) {
    return tally.messagesAcknowledged() == 0
        ? failure
        : new Failure(ExitCode.PARTLY_DONE, String.valueOf(failure.getMessage()), advice, failure);
  }

  private Failure failure(Exception thrown) {
    if (thrown instanceof Failure failure) {
      return partly(failure, failure.advice());
    }
    if (!(thrown instanceof IllegalArgumentException e)) {
      return Failure.of(thrown);
    }
    Failure misuse = Failure.misuse(e);
    List<String> advice = new ArrayList<>(misuse.advice());
    advice.add("it was not acknowledged and stays at the source");
    return new Failure(
        misuse.code(), "a message can't be sent on: " + misuse.getMessage(), advice, thrown);
  }
}
