package io.stompbox.testkit.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which connections a block of a script is about.
 *
 * @param first the number of the first; 0 if it is about all
 * @param last the number of the last
 */
record Connections(int first, int last) {
  static final String WORD = "connection";
  static final String USAGE = "connection N | connection N-M | connection *";

  private static final Connections ALL = new Connections(0, 0);
  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  /** Takes a line that begins a block. */
  static Connections of(Arguments arguments) {
    String which = arguments.text("the number of a connection");
    arguments.end();
    if (which.equals("*")) {
      return ALL;
    }
    Matcher numbers = NUMBERS.matcher(which);
    if (!numbers.matches()) {
      throw arguments.complaint("'" + which + "'", "expected is the number of a connection, or *");
    }
    int first = Integer.parseInt(numbers.group(1));
    int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
    if (first < 1 || last < first) {
      throw arguments.complaint("'" + which + "'", "numbers begin at 1 and go up");
    }
    return new Connections(first, last);
  }

  boolean isAll() {
    return first == 0;
  }
}
