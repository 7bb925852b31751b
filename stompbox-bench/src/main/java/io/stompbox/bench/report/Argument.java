package io.stompbox.bench.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One {@code NAME=VALUE} of a command line.
 *
 * @param value what stands behind the first {@code =}; empty without one
 */
public record Argument(String name, String value) {
  /** Takes an argument apart. */
  public static Argument of(String text) {
    int end = text.indexOf('=');
    return end < 0
        ? new Argument(text, "")
        : new Argument(text.substring(0, end), text.substring(end + 1));
  }

  /** Whether one of the arguments asks for help. */
  public static boolean askForHelp(List<String> arguments) {
    return arguments.stream().anyMatch(List.of("help", "-h", "--help")::contains);
  }

  /** Returns a count of at least one. */
  public int count() {
    return (int) number("a whole number from 1 to 1000000", "[1-9][0-9]{0,6}", 1, 1_000_000);
  }

  /** Returns seconds, parts of them too. */
  public double seconds() {
    return number("seconds from 0.01 to 600, such as 0.7", "[0-9]{1,3}([.][0-9]{1,6})?", 0.01, 600);
  }

  private double number(String what, String form, double least, double most) {
    if (value.matches(form)) {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw wrong(what);
  }

  /** Returns names that commas separate, at least one. */
  public List<String> names() {
    List<String> names = Arrays.stream(value.split(",")).filter(name -> !name.isBlank()).toList();
    if (names.isEmpty()) {
      throw wrong("names with commas between");
    }
    return names;
  }

  /** Returns whether it says yes. */
  public boolean isYes() {
    return switch (value) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw wrong("yes or no");
    };
  }

  /**
   * Returns the path of a file, which need not be there.
   *
   * @throws IllegalArgumentException if the value is blank
   */
  public Path file() {
    if (value.isBlank()) {
      throw wrong("a file");
    }
    return Path.of(value);
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException(name + " must be " + wanted + ", and not '" + value + "'");
  }
}
