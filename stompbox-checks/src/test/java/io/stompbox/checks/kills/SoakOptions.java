package io.stompbox.checks.kills;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * What {@code ./check soak} is asked to do.
 *
 * @param brokers the brokers to kill, each once for each kind of traffic
 * @param traffic what is done with each of them
 * @param load how much
 */
record SoakOptions(List<KilledBroker> brokers, List<Traffic> traffic, Load load) {
  static final String USAGE =
      """
      usage: ./check soak [OPTION...]

        --messages N   how many messages each run sends; 100000 if not given
        --kills K      how often the broker is killed in each run; 10 if not given
        --broker NAME  activemq, artemis or rabbitmq, three nodes of it rabbitmq_quorum, or of two
                       with one kill activemq_pair, artemis_pair or artemis_replicated; may be
                       repeated; all if not given
        --run KIND     send, consume, forget or cost; may be repeated; all if not given
        --seed S       repeats the moments at which brokers were killed; chosen if not given\
      """;

  private static final int MESSAGES = 100_000;
  private static final int KILLS = 10;

  /**
   * Reads the arguments.
   *
   * @param seed what to take where none is given
   * @throws IllegalArgumentException if there is anything else in them
   */
  static SoakOptions parse(List<String> arguments, long seed) {
    List<KilledBroker> brokers = new ArrayList<>();
    List<Traffic> traffic = new ArrayList<>();
    int messages = MESSAGES;
    int kills = KILLS;
    long chosenSeed = seed;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--broker" ->
            brokers.add(constant(KilledBroker.values(), option, value(option, rest)));
        case "--run" -> traffic.add(constant(Traffic.values(), option, value(option, rest)));
        case "--messages" -> messages = (int) number(option, rest, 1_000_000);
        case "--kills" -> kills = (int) number(option, rest, 100);
        case "--seed" -> chosenSeed = number(option, rest, Long.MAX_VALUE);
        default -> throw new IllegalArgumentException("there is no option '" + option + "'");
      }
    }
    return new SoakOptions(
        orAll(brokers, KilledBroker.values()),
        orAll(traffic, Traffic.values()),
        new Load(messages, kills, chosenSeed));
  }

  private static <T> List<T> orAll(List<T> chosen, T[] all) {
    return chosen.isEmpty() ? List.of(all) : List.copyOf(chosen);
  }

  private static <E extends Enum<E>> E constant(E[] all, String option, String name) {
    return Arrays.stream(all)
        .filter(one -> text(one).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option
                        + " is one of "
                        + Arrays.stream(all).map(SoakOptions::text).toList()
                        + ", not '"
                        + name
                        + "'"));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static long number(String option, Iterator<String> rest, long most) {
    String text = value(option, rest);
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // What is no number is refused as one that is out of range.
    }
    throw new IllegalArgumentException(
        option + " needs a number from 0 to " + most + ", not '" + text + "'");
  }
}
