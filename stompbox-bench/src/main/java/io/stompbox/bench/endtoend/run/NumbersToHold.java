package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.run.Figures.Cell;
import io.stompbox.bench.endtoend.run.Figures.Peer;
import io.stompbox.bench.report.Spread;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Says for each promise about the client whether the samples keep it. */
final class NumbersToHold {
  private static final String SUBJECT = "stompbox";
  private static final String LIMIT = "raw";

  private final Figures figures;
  private final StringBuilder table = new StringBuilder();

  NumbersToHold(Figures figures) {
    this.figures = figures;
  }

  String table() {
    table.setLength(0);
    table.append("| what | reach | found | reached |\n|---|---|---|---|\n");
    againstPeers("send 100 octets, no receipt", "send-100", "1/2", 0.5);
    againstLimit("send 100 octets, no receipt", "send-100", 3, Sample::cpuNanos);
    againstPeers("send 1 KiB with receipt, window 1,000", "confirm-1k-1000", "1/2", 0.5);
    againstLimit("send 1 KiB with receipt, window 1,000", "confirm-1k-1000", 4, Sample::cpuNanos);
    againstPeers("receive 100 octets, auto", "receive-100", "1/2", 0.5);
    againstLimit("receive 100 octets, auto", "receive-100", 5, Sample::cpuNanos);
    againstPeers("receive 1 KiB, ack each", "receive-1k-ack", "2/3", 2.0 / 3);
    againstLimit("ping-pong, wall", "ping-pong", 1.1, Sample::wallNanos);
    return table.toString();
  }

  private void againstPeers(String what, String scenario, String reach, double most) {
    Cell cell = new Cell(Endpoint.SCRIPTED, scenario, SUBJECT);
    Optional<Spread> own = figures.figure(cell, Sample::cpuNanos);
    Optional<Peer> best = figures.bestPeer(cell, Sample::cpuNanos);
    String wanted = "at most " + reach + " of the best peer";
    if (own.isEmpty() || best.isEmpty()) {
      missing(what, wanted);
      return;
    }
    double ratio = own.get().median() / best.get().median();
    row(
        what,
        wanted,
        text(
            "%.2f: %.0f ns, %s %.0f ns",
            ratio, own.get().median(), best.get().name(), best.get().median()),
        ratio <= most);
  }

  private void againstLimit(
      String what, String scenario, double most, ToDoubleFunction<Sample> value) {
    Cell cell = new Cell(Endpoint.SCRIPTED, scenario, SUBJECT);
    Optional<Spread> own = figures.figure(cell, value);
    Optional<Spread> limit = figures.figure(cell.of(LIMIT), value);
    String wanted = text("at most %s times a raw socket", most == (int) most ? (int) most : most);
    if (own.isEmpty() || limit.isEmpty()) {
      missing(what, wanted);
      return;
    }
    double ratio = own.get().median() / limit.get().median();
    row(
        what,
        wanted,
        text("%.2f: %.0f ns, raw %.0f ns", ratio, own.get().median(), limit.get().median()),
        ratio <= most);
  }

  private void missing(String what, String reach) {
    table.append("| ").append(what).append(" | ").append(reach).append(" | not measured | - |\n");
  }

  private void row(String what, String reach, String found, boolean reached) {
    table
        .append("| ")
        .append(String.join(" | ", what, reach, found, reached ? "yes" : "**no**"))
        .append(" |\n");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
