package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.ProgressLine;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.CloseReport;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends messages from their source, and says what became of them. */
final class SendRun {
  private static final int PROGRESS_MILLIS = 200;
  private static final int MOST_LINES = 3;

  /** What the library says of a receipt that did not come in time. */
  private static final String TOLD = "may or may not have handled it";

  private static final String AGAIN = "sending it again may duplicate it";

  /** For what is on its way when Ctrl-C comes. */
  private static final Duration DRAIN = Duration.ofMillis(1500);

  private final Environment environment;
  private final StompClient client;
  private final SendPlan plan;
  private final SendTally tally = new SendTally();
  private final SendWay way;
  private final ProgressLine progress;
  private final long start = System.nanoTime();

  /** {@code outages} hears of the changes of the client. */
  SendRun(Environment environment, StompClient client, SendPlan plan, Outages outages) {
    this.environment = environment;
    this.client = client;
    this.plan = plan;
    this.way = plan.way(client, tally, outages);
    this.progress = new ProgressLine(environment, PROGRESS_MILLIS);
  }

  /**
   * Sends them all.
   *
   * @throws Failure if that was not possible
   */
  void run(MessageSource source) throws InterruptedException, IOException {
    try {
      sendAll(source);
      way.finish();
      checkBodies(source);
      sayGoodbye();
      endProgress();
      tellReceipts();
    } catch (InterruptedException | IOException | RuntimeException e) {
      drain();
      endProgress();
      throw failure(e, source);
    }
  }

  /** Of one that is sent without confirmation nobody else tells. */
  private void checkBodies(MessageSource source) {
    if (!way.isConfirming()) {
      source
          .fault()
          .ifPresent(
              fault -> {
                throw fault;
              });
    }
  }

  private void sendAll(MessageSource source) throws InterruptedException, IOException {
    for (Outgoing next = source.next(); next != null; next = source.next()) {
      plan.rate().await(start, tally.sent());
      way.send(next);
      progress.show(this::progressText);
    }
  }

  /** A refusal comes late or not at all, but before the answer to the farewell. */
  private void sayGoodbye() {
    CloseReport report = client.close(plan.timeout());
    Optional<StompException> failure = report.failure();
    if (failure.isPresent() && failure.get() instanceof BrokerErrorException refusal) {
      throw refusal;
    }
  }

  /** Gives what is on its way a moment. The interruption that led here must not end that. */
  private void drain() {
    boolean unused = Thread.interrupted();
    client.close(DRAIN);
    way.giveUp();
  }

  private void endProgress() {
    progress.end(this::progressText);
  }

  private String progressText() {
    String total = plan.total().isPresent() ? "/" + plan.total().getAsLong() : "";
    return "%d%s  %s  %d errors"
        .formatted(
            tally.sent(),
            total,
            ProgressLine.rate(tally.sent(), System.nanoTime() - start),
            tally.errors());
  }

  private void tellReceipts() {
    if (!way.isConfirming()) {
      return;
    }
    long nanos = System.nanoTime() - start;
    String end =
        tally.sent() == 1
            ? ", receipt in " + millis(nanos)
            : ", %s, in %s, %s"
                .formatted(tally.fates(), millis(nanos), ProgressLine.rate(tally.sent(), nanos));
    environment.say("sent " + tally.amount() + " to " + plan.where() + end);
  }

  private static String millis(long nanos) {
    double millis = nanos / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** Where some messages have arrived, or may have, their numbers are what counts. */
  private Failure failure(Exception thrown, MessageSource source) {
    Failure failure =
        Failure.isInterruption(thrown)
            ? reason(thrown)
            : source.fault().orElseGet(() -> withFate(reason(thrown)));
    String counts = "sent " + tally.amount() + " to " + plan.where() + ": " + known();
    if (failure.code() == ExitCode.INTERRUPTED) {
      environment.tell("interrupted; " + counts);
      if (tally.number(Fate.UNKNOWN) > 0) {
        environment.say("  " + doubt());
      }
      return failure;
    }
    if (!isPartlyDone()) {
      return failure;
    }
    List<String> lines =
        Stream.concat(Stream.of(String.valueOf(failure.getMessage())), failure.advice().stream())
            .limit(MOST_LINES)
            .toList();
    return new Failure(ExitCode.PARTLY_DONE, counts, lines, thrown);
  }

  /**
   * What the client says is of the message that it had then, which may not have been sent; those
   * before it may have arrived.
   */
  private Failure withFate(Failure failure) {
    boolean isDoubtful =
        way.isConfirming()
            ? tally.number(Fate.UNKNOWN) > 0
            : tally.sent() > 0 && failure.getCause() instanceof ConnectionLostException;
    if (!isDoubtful) {
      return failure;
    }
    String counts = tally.sent() == 1 || isPartlyDone() ? "" : known() + ": ";
    List<String> advice = new ArrayList<>();
    boolean isTold = String.valueOf(failure.getMessage()).contains(TOLD);
    advice.add(isTold && tally.sent() == 1 ? AGAIN + unless() : counts + doubt());
    if (!(failure.getCause() instanceof ConnectionLostException)) {
      advice.addAll(failure.advice());
    }
    return new Failure(
        failure.code(), String.valueOf(failure.getMessage()), advice, failure.getCause());
  }

  private String doubt() {
    return (tally.sent() == 1
            ? "whether the broker has handled SEND to " + plan.where() + " is not known; " + AGAIN
            : "sending again may duplicate what is unknown")
        + unless();
  }

  private String unless() {
    String header = client.profile().headers().duplicateDetection();
    return header == null ? "" : ", unless both have the same -H " + header + ":ID";
  }

  private String known() {
    return way.isConfirming() ? tally.fates() : "whether they arrived is not known, see --receipt";
  }

  private boolean isPartlyDone() {
    return way.isConfirming() ? tally.number(Fate.CONFIRMED) > 0 : tally.sent() > 1;
  }

  private Failure reason(Exception thrown) {
    if (thrown instanceof StompException e) {
      return Failure.during("SEND to " + plan.where(), e);
    }
    if (thrown instanceof IOException && !Failure.isInterruption(thrown)) {
      return new Failure(
          ExitCode.UNEXPECTED,
          "cannot read the input: " + Failure.reasonOf(thrown),
          List.of(),
          thrown);
    }
    return thrown instanceof IllegalArgumentException e ? Failure.misuse(e) : Failure.of(thrown);
  }
}
