package io.stompbox.testkit.script;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.script.Arguments.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a frame must have: {@code name:value}, {@code name:*} for any value, {@code !name} for a
 * header that must not be there, {@code "text"} for the body. Other headers may have any value.
 */
public final class FrameWish {
  /** How it is written. */
  public static final String USAGE = "[NAME:VALUE|NAME:*|!NAME ...] [\"BODY\"]";

  private static final String ANY = "*";

  /** Octets of a body that messages show. */
  private static final int SHOWN = 100;

  private final List<Pair> headers;
  private final List<String> absent;
  private final Optional<String> body;

  private FrameWish(List<Pair> headers, List<String> absent, Optional<String> body) {
    this.headers = List.copyOf(headers);
    this.absent = List.copyOf(absent);
    this.body = body;
  }

  /** Takes all that follows of this kind. */
  public static FrameWish of(Arguments arguments) {
    List<Pair> headers = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    Optional<String> body = Optional.empty();
    boolean more = true;
    while (more) {
      Optional<Pair> header = arguments.pair();
      Optional<String> negated = arguments.negated();
      Optional<String> text = arguments.quoted();
      header.ifPresent(headers::add);
      negated.ifPresent(absent::add);
      body = text.isPresent() ? text : body;
      more = header.isPresent() || negated.isPresent() || text.isPresent();
    }
    return new FrameWish(headers, absent, body);
  }

  /**
   * Checks a frame.
   *
   * @throws AssertionError that says what was expected and what came
   */
  public void check(Frame frame, Scope scope) {
    for (Pair header : headers) {
      String wanted = scope.resolve(header.value());
      String value = frame.header(header.name());
      if (value == null || (!wanted.equals(ANY) && !wanted.equals(value))) {
        throw mismatch("header " + header.name() + ":" + wanted, frame);
      }
    }
    for (String name : absent) {
      if (frame.header(name) != null) {
        throw mismatch("no header " + name, frame);
      }
    }
    if (body.isPresent() && !frame.text().equals(scope.resolve(body.get()))) {
      throw mismatch("body \"" + scope.resolve(body.get()) + "\"", frame);
    }
  }

  private static AssertionError mismatch(String wanted, Frame frame) {
    return new AssertionError("expected " + wanted + ", but came " + frame.inOneLine(SHOWN));
  }
}
