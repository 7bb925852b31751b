package io.stompbox.testkit.script;

import io.stompbox.protocol.frame.Body;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.Fault.Ending;
import io.stompbox.testkit.Faults;
import io.stompbox.testkit.Faults.Direction;
import io.stompbox.testkit.Place;
import io.stompbox.testkit.Place.AtFrame;
import io.stompbox.testkit.Place.Where;
import java.util.List;
import java.util.Optional;

/**
 * A fault as a line of a script has it.
 *
 * @param direction which way the octets go that it strikes
 * @param fault what happens to them
 */
public record DirectedFault(Direction direction, Fault fault) {
  private static final List<String> FAULTS =
      List.of(
          "delay TIME",
          "rate OCTETS",
          "split OCTETS",
          "reset [PLACE]",
          "close [PLACE]",
          "half-close [PLACE]",
          "black-hole [PLACE]",
          "stop-reading [PLACE]",
          "flip MASK [PLACE]",
          "inject \"OCTETS\" [PLACE]",
          "swallow COMMAND N|every",
          "duplicate COMMAND N|every");

  /** How it is written. */
  static final String USAGE =
      "up|down "
          + String.join(" | ", FAULTS)
          + "; PLACE is before|within|after COMMAND N|every, or after N octets";

  /** How all faults are written. */
  public static List<String> usages() {
    return FAULTS.stream().map(fault -> "up|down " + fault).toList();
  }

  /**
   * Takes a fault, which ends the line.
   *
   * @param named whether the first word of the line, its name, is the direction
   */
  static DirectedFault of(Arguments arguments, boolean named) {
    if (named) {
      arguments.back();
    }
    Direction direction = arguments.oneOf(Direction.class);
    DirectedFault fault = new DirectedFault(direction, fault(arguments));
    arguments.end();
    return fault;
  }

  /** Takes a direction and a fault, which end the line. */
  public static DirectedFault of(Arguments arguments) {
    return of(arguments, false);
  }

  /** Sets it. */
  public void applyTo(Faults faults) {
    faults.add(direction, fault);
  }

  private static Fault fault(Arguments arguments) {
    String kind = arguments.name("a fault");
    return switch (kind) {
      case "delay" -> Fault.delay(arguments.duration("how long"));
      case "rate" -> Fault.rate(arguments.count("octets a second"));
      case "split" -> Fault.split(arguments.count("octets of a piece"));
      case "flip" -> Fault.flip(mask(arguments), place(arguments));
      case "inject" -> {
        byte[] octets = Words.octets(arguments.text("octets in quotes"));
        yield new Fault.Inject(Body.of(octets), place(arguments));
      }
      case "swallow" -> Fault.swallow(command(arguments), number(arguments));
      case "duplicate" -> Fault.duplicate(command(arguments), number(arguments));
      default -> new Fault.End(ending(kind, arguments), place(arguments));
    };
  }

  private static Ending ending(String kind, Arguments arguments) {
    return Arguments.constant(Ending.class, kind)
        .orElseThrow(() -> arguments.complaint("'" + kind + "'", "that is no fault"));
  }

  private static int mask(Arguments arguments) {
    String text = arguments.text("the bits to turn over, such as 0x01");
    if (!text.matches("0x[0-9a-fA-F]{1,2}")) {
      throw arguments.complaint("'" + text + "'", "bits are written as 0x01");
    }
    return Integer.parseInt(text.substring(2), 16);
  }

  private static String command(Arguments arguments) {
    return arguments.name("a command such as SEND, or * for any");
  }

  private static int number(Arguments arguments) {
    return arguments.has("every") ? Place.EVERY : arguments.count("which of them, or every");
  }

  private static Place place(Arguments arguments) {
    if (arguments.isEmpty()) {
      return Place.now();
    }
    Where where = arguments.oneOf(Where.class);
    Optional<Long> octets = where == Where.AFTER ? arguments.ifNumber() : Optional.empty();
    if (octets.isEmpty()) {
      return new AtFrame(where, command(arguments), number(arguments));
    }
    if (!arguments.has("octets")) {
      throw arguments.complaint("a number", "behind it comes the word octets");
    }
    return Place.afterOctets(octets.get());
  }
}
