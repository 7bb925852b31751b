package io.stompbox.cli.bench;

import io.stompbox.protocol.frame.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message says of itself in a header.
 *
 * @param run which run it belongs to, so that leftovers of others are known
 * @param producer who sent it, from 0
 * @param number its number among those of the producer, from 0
 * @param due nanoseconds from the start of the run to the moment at which it was due
 */
record Stamp(String run, int producer, int number, long due) {
  static final String HEADER = "stompbox-bench";

  private static final Pattern FORM =
      Pattern.compile("([0-9a-z]{1,20})-(\\d{1,6})-(\\d{1,9})-(\\d{1,18})");

  /** Reads the header; empty if there is none that can be read. */
  static Optional<Stamp> of(Headers headers) {
    return headers.value(HEADER).map(FORM::matcher).filter(Matcher::matches).map(Stamp::of);
  }

  private static Stamp of(Matcher form) {
    return new Stamp(
        form.group(1),
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)),
        Long.parseLong(form.group(4)));
  }

  String text() {
    return run + "-" + producer + "-" + number + "-" + due;
  }
}
