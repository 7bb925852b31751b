package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.json.JsonLine;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.cli.process.Printable;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.StompException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes checks one after the other and writes what they find. */
final class Doctor {
  private final ProbedBroker broker;
  private final Output output;
  private final OutputForm form;
  private final Map<Finding.Result, Integer> counts = new EnumMap<>(Finding.Result.class);

  Doctor(ProbedBroker broker, Output output, OutputForm form) {
    this.broker = broker;
    this.output = output;
    this.form = form;
  }

  /**
   * Makes the checks, by name, and cleans up behind them.
   *
   * @throws Failure if the broker is gone: what a check finds then is nothing about the broker
   */
  void run(Map<String, Check> checks) throws InterruptedException {
    try {
      for (Map.Entry<String, Check> check : checks.entrySet()) {
        Finding finding = find(check.getValue());
        stopIfInterrupted();
        if (finding.isTrouble()) {
          requireBroker(check.getKey());
        }
        counts.merge(finding.result(), 1, Integer::sum);
        show(check.getKey(), finding);
      }
    } finally {
      cleanUp();
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("nobody knows what the check would have found");
    }
  }

  private void requireBroker(String check) throws InterruptedException {
    Optional<StompException> absence = broker.absence();
    stopIfInterrupted();
    if (absence.isPresent()) {
      throw new Failure(
          ExitCode.CONNECTION_LOST,
          "lost the broker during the check " + check + ": " + HandshakeChecks.words(absence.get()),
          List.of("neither this check nor those behind it were made; its queues may be left"),
          absence.get());
    }
  }

  /** An interrupt ends the checks, but not before what they left is taken away. */
  private void cleanUp() throws InterruptedException {
    boolean wasInterrupted = Thread.interrupted();
    broker.drain();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int count(Finding.Result result) {
    return counts.getOrDefault(result, 0);
  }

  private Finding find(Check check) throws InterruptedException {
    try {
      return check.run(broker);
    } catch (StompTimeoutException e) {
      return broker.lacksReceipts()
          ? Finding.fail(
              "no receipt within " + DurationConverter.text(broker.limit()),
              "if the broker sends receipts at all, wait longer with --timeout")
          : Finding.fail(HandshakeChecks.words(e), "");
    } catch (StompException e) {
      return Finding.fail(HandshakeChecks.words(e), "");
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Finding.fail(String.valueOf(e.getMessage()), "");
    }
  }

  private void show(String name, Finding finding) {
    if (form == OutputForm.TEXT) {
      output.line(
          "%-4s  %-12s  %s"
              .formatted(finding.result().text(), name, Printable.line(finding.value())));
      if (!finding.advice().isEmpty()) {
        output.line(" ".repeat(20) + Printable.line(finding.advice()));
      }
      return;
    }
    output.line(
        JsonLine.of(
            json -> {
              json.writeStringProperty("check", name);
              json.writeStringProperty("result", finding.result().text());
              json.writeStringProperty("value", finding.value());
              if (!finding.advice().isEmpty()) {
                json.writeStringProperty("advice", finding.advice());
              }
            }));
  }
}
