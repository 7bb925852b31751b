package io.stompbox.cli.inspect;

import io.stompbox.cli.json.JsonLine;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.cli.process.Printable;
import io.stompbox.client.Connection;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.protocol.session.HeartBeat;
import java.time.Duration;
import java.util.Locale;

/** Writes what ping sees, and in the end what came of it. */
final class PingReport {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Output output;
  private final OutputForm form;
  private final boolean quiet;
  private final Times times = new Times();

  PingReport(Output output, OutputForm form, boolean quiet) {
    this.output = output;
    this.form = form;
    this.quiet = quiet;
  }

  void connected(Connection connection, Duration taken) {
    Agreement agreement = connection.agreement();
    HeartBeat beat = agreement.heartBeat();
    if (form == OutputForm.TEXT) {
      line(
          "connected to %s in %s ms: STOMP %s, server %s, session %s, heart-beats %s,%s ms"
              .formatted(
                  connection.address(),
                  millis(taken),
                  agreement.version(),
                  agreement.server().orElse("(not named)"),
                  agreement.session().orElse("(none)"),
                  beat.sendMillis(),
                  beat.receiveMillis()));
      return;
    }
    if (!quiet) {
      output.line(
          JsonLine.of(
              json -> {
                json.writeStringProperty("broker", connection.address().toString());
                json.writeNumberProperty("connectMillis", number(taken));
                json.writeStringProperty("version", agreement.version().text());
                agreement.server().ifPresent(it -> json.writeStringProperty("server", it));
                agreement.session().ifPresent(it -> json.writeStringProperty("session", it));
                json.writeStringProperty("heartBeat", beat.text());
              }));
    }
  }

  void roundTrip(int number, Duration taken) {
    times.add(taken);
    if (form == OutputForm.TEXT) {
      line("receipt %d in %s ms".formatted(number, millis(taken)));
    } else if (!quiet) {
      output.line(
          JsonLine.of(
              json -> {
                json.writeNumberProperty("receipt", number);
                json.writeNumberProperty("millis", number(taken));
              }));
    }
  }

  void end() {
    if (times.count() == 0 || quiet) {
      return;
    }
    if (form == OutputForm.TEXT) {
      line(
          "%d receipt%s, min/median/mean/max %s/%s/%s/%s ms"
              .formatted(
                  times.count(),
                  times.count() == 1 ? "" : "s",
                  millis(times.min()),
                  millis(times.median()),
                  millis(times.mean()),
                  millis(times.max())));
      return;
    }
    output.line(
        JsonLine.of(
            json -> {
              json.writeNumberProperty("receipts", times.count());
              json.writeNumberProperty("minMillis", number(times.min()));
              json.writeNumberProperty("medianMillis", number(times.median()));
              json.writeNumberProperty("meanMillis", number(times.mean()));
              json.writeNumberProperty("maxMillis", number(times.max()));
            }));
  }

  private void line(String text) {
    if (!quiet) {
      output.line(Printable.line(text));
    }
  }

  /** To the microsecond. */
  static double number(Duration taken) {
    return Math.round(taken.toNanos() / 1000.0) / 1000.0;
  }

  static String millis(Duration taken) {
    double millis = taken.toNanos() / NANOS_PER_MILLI;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%.0f", millis);
  }
}
