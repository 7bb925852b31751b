package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.run.Figures.Cell;
import io.stompbox.bench.report.PromiseTable;
import io.stompbox.bench.report.Share;
import java.util.function.ToDoubleFunction;

/** Says for each promise about the client whether the samples keep it. */
final class NumbersToHold {
  private static final String SUBJECT = "stompbox";
  private static final String LIMIT = "raw";

  private final Figures figures;
  private final PromiseTable table = new PromiseTable();

  private NumbersToHold(Figures figures) {
    this.figures = figures;
  }

  static PromiseTable of(Figures figures) {
    NumbersToHold numbers = new NumbersToHold(figures);
    numbers.addAll();
    return numbers.table;
  }

  private void addAll() {
    againstPeers("send 100 octets, no receipt", "send-100", new Share(1, 2));
    againstLimit("send 100 octets, no receipt", "send-100", 3, Sample::cpuNanos);
    againstPeers("send 1 KiB with receipt, window 1,000", "confirm-1k-1000", new Share(1, 2));
    againstLimit("send 1 KiB with receipt, window 1,000", "confirm-1k-1000", 4, Sample::cpuNanos);
    againstPeers("receive 100 octets, auto", "receive-100", new Share(1, 2));
    againstLimit("receive 100 octets, auto", "receive-100", 5, Sample::cpuNanos);
    againstPeers("receive 1 KiB, ack each", "receive-1k-ack", new Share(2, 3));
    againstLimit("ping-pong, wall", "ping-pong", 1.1, Sample::wallNanos);
  }

  private void againstPeers(String what, String scenario, Share most) {
    Cell cell = new Cell(Endpoint.SCRIPTED, scenario, SUBJECT);
    table.againstPeers(
        what, most, figures.figure(cell, Sample::cpuNanos), figures.peers(cell, Sample::cpuNanos));
  }

  private void againstLimit(
      String what, String scenario, double most, ToDoubleFunction<Sample> value) {
    Cell cell = new Cell(Endpoint.SCRIPTED, scenario, SUBJECT);
    table.atMostTimes(
        what,
        most,
        "a raw socket",
        figures.figure(cell, value),
        figures.figure(cell.of(LIMIT), value));
  }
}
