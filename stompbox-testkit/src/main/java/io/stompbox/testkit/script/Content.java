package io.stompbox.testkit.script;

import io.stompbox.testkit.script.Arguments.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a script puts into a frame or a message: headers as {@code name:value} and a body in quotes.
 * Values in <code>${...}</code> are not replaced yet.
 *
 * @param headers the headers in their order
 * @param body the body; empty if there is none
 */
public record Content(List<Pair> headers, String body) {
  /** How it is written. */
  public static final String USAGE = "[NAME:VALUE ...] [\"BODY\"]";

  /** Copies the headers. */
  public Content {
    headers = List.copyOf(headers);
  }

  /** Takes all that follows of this kind. */
  public static Content of(Arguments arguments) {
    List<Pair> headers = new ArrayList<>();
    String body = "";
    boolean more = true;
    while (more) {
      Optional<Pair> header = arguments.pair();
      Optional<String> text = arguments.quoted();
      header.ifPresent(headers::add);
      body = text.orElse(body);
      more = header.isPresent() || text.isPresent();
    }
    return new Content(headers, body);
  }

  /** Returns it with one more header, at the beginning. */
  Content with(String name, String value) {
    List<Pair> more = new ArrayList<>();
    more.add(new Pair(name, value));
    more.addAll(headers);
    return new Content(more, body);
  }

  boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equals(name));
  }
}
