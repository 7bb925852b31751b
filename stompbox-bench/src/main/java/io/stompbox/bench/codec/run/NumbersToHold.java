package io.stompbox.bench.codec.run;

import io.stompbox.bench.report.PromiseTable;
import io.stompbox.bench.report.Share;
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
    againstPeers("decode medium, all headers", Work.DECODE_FULL, SUBJECT, 4);
    againstPeers("the same, octets borrowed", Work.DECODE_FULL, BORROWED, 4);
    againstPeers(
        "decode medium, three headers and the ends of the body", Work.DECODE_USE, SUBJECT, 8);
    againstPeers("the same, octets borrowed", Work.DECODE_USE, BORROWED, 8);
    againstPeers("encode medium from Strings, header by header", Work.ENCODE, WRITER, 5);
    encodeAllocates();
    againstPeers("the same, by way of a frame object", Work.ENCODE, SUBJECT, 5);
    againstPeers("the same, the frame object there already", Work.ENCODE, "stompbox-ready", 5);
    smallPieces(Work.DECODE_USE);
    smallPieces(Work.DECODE_FULL);
    openBody();
  }

  private void againstPeers(String what, Work work, String subject, int divisor) {
    table.againstPeers(
        what,
        new Share(1, divisor),
        figures.cpu(work, MEDIUM, subject),
        figures.peers(work, MEDIUM));
  }

  private void encodeAllocates() {
    String what = "encode medium from Strings, header by header";
    figures
        .figure(Work.ENCODE, MEDIUM, WRITER, Measurement::allocated)
        .ifPresentOrElse(
            // Less than an octet a frame is what the measurement itself takes.
            octets ->
                table.alone(
                    what, "0 octets allocated", text("%.1f", octets.most()), octets.most() < 1),
            () -> table.notMeasured(what, "0 octets allocated"));
  }

  private void smallPieces(Work work) {
    String what =
        "decode medium in pieces of 7 octets, "
            + (work == Work.DECODE_USE ? "three headers and the ends of the body" : "all headers");
    table.atMostTimes(
        what,
        6,
        "the whole",
        figures.cpu(work, "medium@7", SUBJECT),
        figures.cpu(work, MEDIUM, SUBJECT));
  }

  private void openBody() {
    String what = "body of 32 MiB without content-length";
    String reach = "at most 2 ns an octet, and 1.5 times what one of 4 MiB takes";
    Optional<Spread> small = perOctet("open-4m");
    Optional<Spread> large = perOctet("open-32m");
    if (small.isEmpty() || large.isEmpty()) {
      table.notMeasured(what, reach);
      return;
    }
    double each = large.get().median();
    double of = small.get().median();
    table.alone(
        what,
        reach,
        text("%.2f ns an octet, with 4 MiB %.2f: %.2f times", each, of, each / of),
        each <= 2 && each <= 1.5 * of);
  }

  private Optional<Spread> perOctet(String corpus) {
    return figures.figure(Work.DECODE_USE, corpus, SUBJECT, m -> m.cpuNanos() / m.octets());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
