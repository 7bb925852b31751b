package io.stompbox.checks.conformance.codec;

import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.protocol.frame.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares an encoded frame with what a case expects. Reads the octets with its own few lines,
 * since our decoder must not vouch for our encoder. Octets are characters of one byte here.
 */
final class WireCheck {
  private final Encoding.Written expected;

  WireCheck(Encoding.Written expected) {
    this.expected = expected;
  }

  /** Returns what is wrong with the octets of a frame; empty if nothing is. */
  Optional<String> problem(Body octets) {
    String wire = latin1(octets);
    String command = latin1(expected.commandLine());
    if (!wire.startsWith(command)) {
      return Optional.of("the command line is another");
    }
    String blank = latin1(expected.blankLine());
    int end = wire.indexOf('\n' + blank, command.length() - 1) + 1;
    if (end == 0) {
      return Optional.of("there is no blank line");
    }
    List<String> lines = lines(wire.substring(command.length(), end));
    return headers(lines).or(() -> rest(wire.substring(end + blank.length())));
  }

  private static List<String> lines(String text) {
    return Pattern.compile("(?<=\n)").splitAsStream(text).filter(line -> !line.isEmpty()).toList();
  }

  private Optional<String> headers(List<String> lines) {
    List<String> wanted = expected.headerLines().stream().map(WireCheck::latin1).toList();
    List<String> others = new ArrayList<>(lines);
    for (String line : wanted) {
      if (!others.remove(line)) {
        return Optional.of("there is no line " + shown(line));
      }
    }
    for (String line : others) {
      if (!isOptional(line)) {
        return Optional.of("there should be no line " + shown(line));
      }
    }
    return order(wanted, lines);
  }

  private boolean isOptional(String line) {
    return expected.optionalLines().stream().anyMatch(optional -> latin1(optional).equals(line))
        || expected.optionalNames().contains(name(line));
  }

  private static Optional<String> order(List<String> wanted, List<String> lines) {
    for (String line : wanted) {
      List<String> alike = wanted.stream().filter(l -> name(l).equals(name(line))).toList();
      if (!lines.stream().filter(alike::contains).toList().equals(alike)) {
        return Optional.of("the entries of " + shown(name(line)) + " are out of order");
      }
    }
    return Optional.empty();
  }

  private Optional<String> rest(String rest) {
    String body = latin1(expected.body());
    if (!rest.startsWith(body)) {
      return Optional.of("the body is another");
    }
    return rest.substring(body.length()).matches("\0(\r?\n)*")
        ? Optional.empty()
        : Optional.of("after the body there must be a NUL, and after that line ends only");
  }

  private static String name(String line) {
    return line.substring(0, Math.max(0, line.indexOf(':')));
  }

  private static String latin1(Body octets) {
    return octets.text(StandardCharsets.ISO_8859_1);
  }

  private static String shown(String octets) {
    return Escaped.shown(Body.of(octets, StandardCharsets.ISO_8859_1));
  }
}
