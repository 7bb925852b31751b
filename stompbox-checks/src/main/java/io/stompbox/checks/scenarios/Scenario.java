package io.stompbox.checks.scenarios;

import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.BrokerScript;
import io.stompbox.testkit.script.FaultScript;
import io.stompbox.testkit.script.Lines;
import io.stompbox.testkit.script.ScriptException;
import io.stompbox.testkit.script.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scenario as it was read.
 *
 * @param title what it shows, in a sentence
 * @param covers rows of the fault matrix, promises and whatever else it stands for
 * @param limit how long anything may take that it waits for
 * @param brokers the brokers, in the order in which the client knows them
 * @param client what the client is told to do
 */
record Scenario(
    String title,
    List<String> covers,
    Duration limit,
    List<BrokerPart> brokers,
    List<Step<Actor>> client) {
  private static final String HEAD = "scenario \"TITLE\"";
  private static final String SECTIONS = "covers WORD ..., limit TIME, broker, proxy, client";
  private static final Set<String> BORDERS = Set.of("broker", "proxy", "client");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /**
   * A broker of a scenario.
   *
   * @param faults what the proxy before it breaks; empty if there is no proxy
   */
  record BrokerPart(BrokerScript script, Optional<FaultScript> faults) {}

  /**
   * Reads a scenario.
   *
   * @throws ScriptException if it can't be read
   * @throws IOException if there is no such file
   */
  static Scenario read(Path file) throws IOException {
    return parse(Lines.read(file));
  }

  static Scenario parse(Lines lines) {
    if (!lines.nextIs("scenario")) {
      throw lines.unexpected(HEAD + " at the beginning");
    }
    Arguments head = lines.take(HEAD);
    String title = head.text("what it shows, in quotes");
    head.end();
    List<String> covers = new ArrayList<>();
    Duration limit = LIMIT;
    while (lines.nextIs(Set.of("covers", "limit"))) {
      if (lines.nextIs("limit")) {
        Arguments arguments = lines.take("limit TIME");
        limit = arguments.duration("how long");
        arguments.end();
      } else {
        readCovers(lines.take("covers WORD ..."), covers);
      }
    }
    List<BrokerPart> brokers = readBrokers(lines);
    if (!lines.nextIs("client")) {
      throw lines.unexpected(SECTIONS);
    }
    lines.take("client").end();
    List<Step<Actor>> client = ClientStatements.TABLE.parse(lines, Set.of());
    return new Scenario(title, List.copyOf(covers), limit, brokers, client);
  }

  private static void readCovers(Arguments arguments, List<String> covers) {
    do {
      covers.add(arguments.text("what it stands for, such as F08"));
    } while (!arguments.isEmpty());
  }

  private static List<BrokerPart> readBrokers(Lines lines) {
    List<BrokerPart> brokers = new ArrayList<>();
    while (lines.nextIs("broker")) {
      lines.take("broker").end();
      BrokerScript script = BrokerScript.parse(lines, BORDERS);
      brokers.add(new BrokerPart(script, readProxy(lines)));
    }
    if (brokers.isEmpty()) {
      throw lines.unexpected(SECTIONS);
    }
    return List.copyOf(brokers);
  }

  private static Optional<FaultScript> readProxy(Lines lines) {
    if (!lines.nextIs("proxy")) {
      return Optional.empty();
    }
    lines.take("proxy").end();
    return Optional.of(FaultScript.parse(lines));
  }
}
