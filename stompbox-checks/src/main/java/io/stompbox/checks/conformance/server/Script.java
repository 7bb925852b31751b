package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.WireWish;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Makes steps of what a case file says. */
final class Script {
  /** More than that many ways through a case are a mistake of the case. */
  private static final int MOST = 64;

  private Script() {}

  /** Returns the ways through a list of steps: one, or more if there is an {@code either}. */
  static List<List<Step>> read(List<Json> items) {
    List<List<Step>> ways = List.of(List.of());
    for (Json item : items) {
      List<List<Step>> next = alternatives(Json.as(Json.Fields.class, "steps", item));
      ways = ways.stream().flatMap(way -> next.stream().map(more -> joined(way, more))).toList();
      if (ways.size() > MOST) {
        throw new CaseFormatException("there are more than " + MOST + " ways through the steps");
      }
    }
    return ways;
  }

  private static List<Step> joined(List<Step> first, List<Step> second) {
    List<Step> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<List<Step>> alternatives(Json.Fields step) {
    String word = word(step);
    return switch (word) {
      case "either" ->
          step.items(word).stream().flatMap(way -> read(items(word, way)).stream()).toList();
      case "repeat" -> repeated(step);
      case "new_client" -> read(step.items(word)).stream().map(Script::newClient).toList();
      default -> List.of(List.of(simple(word, step)));
    };
  }

  /** A step has one word that says what it is, and perhaps one that belongs to it. */
  private static String word(Json.Fields step) {
    if (step.has("handshake")) {
      step.expectOnly("the step 'handshake'", Set.of("handshake", "connect_extra_headers"));
      return "handshake";
    }
    if (step.has("repeat")) {
      step.expectOnly("the step 'repeat'", Set.of("repeat", "times"));
      return "repeat";
    }
    if (step.members().size() != 1) {
      throw new CaseFormatException("a step must be one word and its value, but is " + step);
    }
    return step.members().keySet().iterator().next();
  }

  private static List<Json> items(String name, Json value) {
    return Json.as(Json.Items.class, name, value).items();
  }

  private static List<List<Step>> repeated(Json.Fields step) {
    int times = step.whole("times");
    return read(step.items("repeat")).stream()
        .map(way -> Collections.nCopies(times, way).stream().flatMap(List::stream).toList())
        .toList();
  }

  private static List<Step> newClient(List<Step> steps) {
    return List.of(
        client -> {
          Client other = client.world().connect();
          steps.forEach(step -> step.play(other));
        });
  }

  private static Step simple(String word, Json.Fields step) {
    return switch (word) {
      case "handshake" -> handshake(step);
      case "client" -> send(CaseFields.octets(word, step.any(word)));
      case "client_bytewise" -> sendBytewise(CaseFields.octets(word, step.any(word)));
      case "client_acks" -> settle("ACK", step.whole(word));
      case "client_nacks" -> settle("NACK", step.whole(word));
      case "client_drops", "client_closes" -> flag(word, step, Client::drop);
      case "server" -> expect(new WireWish(step.fields(word)));
      case "no_server_frame" -> flag(word, step, Script::expectNoFrame);
      case "server_closes" -> flag(word, step, Script::expectClosed);
      case "still_open" -> flag(word, step, Script::expectOpen);
      case "advance_ms" -> advance(step.whole(word));
      case "eols_at_least" -> expectLineEnds(step.whole(word), Integer.MAX_VALUE);
      case "eols_at_most" -> expectLineEnds(0, step.whole(word));
      case "eols_between" -> expectLineEnds(between(step, 0), between(step, 1));
      default -> throw new CaseFormatException("this runner knows no step '" + word + "'");
    };
  }

  private static Step flag(String word, Json.Fields step, Step meant) {
    if (!step.flag(word)) {
      throw new CaseFormatException("the step '" + word + "' must be true");
    }
    return meant;
  }

  private static int between(Json.Fields step, int index) {
    List<Json> bounds = step.items("eols_between");
    if (bounds.size() != 2) {
      throw new CaseFormatException("'eols_between' must be two numbers, but is " + bounds);
    }
    return (int) Json.as(Json.Whole.class, "eols_between", bounds.get(index)).value();
  }

  private static Step handshake(Json.Fields step) {
    Body extra = Escaped.octets(step.optionalText("connect_extra_headers").orElse(""));
    String version = step.text("handshake");
    if (version.equals("case-version")) {
      return client -> client.handshake(client.world().version(), extra);
    }
    Version named = CaseFields.version(version);
    return client -> client.handshake(named, extra);
  }

  private static Step send(Body octets) {
    return client -> client.send(octets);
  }

  private static Step sendBytewise(Body octets) {
    return client -> {
      for (byte octet : octets.toBytes()) {
        client.send(new byte[] {octet});
      }
    };
  }

  private static Step settle(String command, int number) {
    return client -> client.settle(command, number);
  }

  private static Step expect(WireWish wish) {
    return client -> wish.check(client.next());
  }

  private static void expectNoFrame(Client client) {
    if (!client.pending().isEmpty()) {
      throw new Mismatch("no frame", client.pending().toString());
    }
  }

  private static void expectClosed(Client client) {
    expectNoFrame(client);
    if (!client.isClosed()) {
      throw new Mismatch("that the server closes the connection", "that it is open");
    }
  }

  private static void expectOpen(Client client) {
    if (client.isClosed()) {
      throw new Mismatch("that the connection is open", "that the server closes it");
    }
  }

  private static Step advance(int millis) {
    return client -> client.world().advance(millis);
  }

  private static Step expectLineEnds(int least, int most) {
    return client -> {
      int lineEnds = client.lineEnds();
      if (lineEnds < least || lineEnds > most) {
        throw new Mismatch(least + " to " + most + " heart-beats", lineEnds + " heart-beats");
      }
    };
  }
}
