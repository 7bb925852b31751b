package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.run.Figures.Peer;
import io.stompbox.bench.report.Spread;
import java.util.Locale;
import java.util.Optional;

/** Says for each promise about the codec whether the measurements keep it. */
final class NumbersToHold {
  private static final String SUBJECT = "stompbox";
  private static final String BORROWED = "stompbox-borrowed";
  private static final String WRITER = "stompbox-writer";
  private static final String MEDIUM = "medium";

  private final Figures figures;
  private final StringBuilder table = new StringBuilder();

  NumbersToHold(Figures figures) {
    this.figures = figures;
  }

  String table() {
    table.setLength(0);
    table.append("| what | reach | found | reached |\n|---|---|---|---|\n");
    againstPeers("decode medium, all headers", Work.DECODE_FULL, SUBJECT, 4);
    againstPeers("the same, octets borrowed", Work.DECODE_FULL, BORROWED, 4);
    againstPeers("decode medium, three headers", Work.DECODE_USE, SUBJECT, 8);
    againstPeers("the same, octets borrowed", Work.DECODE_USE, BORROWED, 8);
    againstPeers("encode medium from Strings, header by header", Work.ENCODE, WRITER, 5);
    encodeAllocates();
    againstPeers("the same, by way of a frame object", Work.ENCODE, SUBJECT, 5);
    againstPeers("the same, the frame object there already", Work.ENCODE, "stompbox-ready", 5);
    smallPieces(Work.DECODE_USE);
    smallPieces(Work.DECODE_FULL);
    openBody();
    return table.toString();
  }

  private void againstPeers(String what, Work work, String subject, int divisor) {
    Optional<Spread> own = figures.cpu(work, MEDIUM, subject);
    Optional<Peer> best = figures.bestPeer(work, MEDIUM);
    String reach = "at most 1/" + divisor + " of the best peer";
    if (own.isEmpty() || best.isEmpty()) {
      missing(what, reach);
      return;
    }
    double ratio = best.get().median() / own.get().median();
    row(
        what,
        reach,
        text(
            "1/%.1f: %.0f ns, %s %.0f ns",
            ratio, own.get().median(), best.get().name(), best.get().median()),
        ratio >= divisor);
  }

  private void encodeAllocates() {
    String what = "encode medium from Strings, header by header";
    figures
        .figure(Work.ENCODE, MEDIUM, WRITER, Measurement::allocated)
        .ifPresentOrElse(
            // Less than an octet a frame is what the measurement itself takes.
            octets ->
                row(what, "0 octets allocated", text("%.1f", octets.most()), octets.most() < 1),
            () -> missing(what, "0 octets allocated"));
  }

  private void smallPieces(Work work) {
    String what =
        "decode medium in pieces of 7 octets, "
            + (work == Work.DECODE_USE ? "three" : "all")
            + " headers";
    String reach = "at most 6 times the whole";
    Optional<Spread> pieces = figures.cpu(work, "medium@7", SUBJECT);
    Optional<Spread> whole = figures.cpu(work, MEDIUM, SUBJECT);
    if (pieces.isEmpty() || whole.isEmpty()) {
      missing(what, reach);
      return;
    }
    double ratio = pieces.get().median() / whole.get().median();
    row(
        what,
        reach,
        text("%.1f times: %.0f ns, %.0f ns", ratio, pieces.get().median(), whole.get().median()),
        ratio <= 6);
  }

  private void openBody() {
    String what = "body of 32 MiB without content-length";
    String reach = "linear, at most 2 ns an octet";
    Optional<Spread> small = perOctet("open-4m");
    Optional<Spread> large = perOctet("open-32m");
    if (small.isEmpty() || large.isEmpty()) {
      missing(what, reach);
      return;
    }
    row(
        what,
        reach,
        text("%.2f ns an octet, with 4 MiB %.2f", large.get().median(), small.get().median()),
        large.get().median() <= 2);
  }

  private Optional<Spread> perOctet(String corpus) {
    return figures.figure(Work.DECODE_USE, corpus, SUBJECT, m -> m.cpuNanos() / m.octets());
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
