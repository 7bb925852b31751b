package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame that a case wants to be encoded. It may be one that cannot exist. */
public record Draft(String command, List<Entry> headers, Body body) {
  /** A header of the draft. */
  public record Entry(String name, @Nullable String value) {}

  /** Returns the frame, or throws what the frame's own types throw at it. */
  public Frame frame() {
    Headers.Builder builder = Headers.builder();
    headers.forEach(header -> add(builder, header));
    return new Frame(Command.of(command), builder.build(), body);
  }

  /** Whether the draft brings its own header of this name. */
  public boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equals(name));
  }

  /** Passes null on although it is forbidden: that the API refuses it is what a case checks. */
  @SuppressWarnings("NullAway")
  private static void add(Headers.Builder builder, Entry header) {
    builder.add(header.name(), header.value());
  }
}
