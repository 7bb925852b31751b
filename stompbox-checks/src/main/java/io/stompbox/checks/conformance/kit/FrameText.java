package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames as text that shows all there is of them; two frames are equal if their texts are. */
public final class FrameText {
  private FrameText() {}

  /** Returns a frame with all its headers, repeated ones too, in their order. */
  public static String of(Frame frame) {
    List<String> headers = new ArrayList<>();
    for (int i = 0; i < frame.headers().size(); i++) {
      headers.add(header(frame.headers().name(i), frame.headers().value(i)));
    }
    return of(frame.command().name(), headers, frame.body());
  }

  /** Returns what a draft would be as a frame, also if it can't be one. */
  public static String of(Draft draft) {
    List<String> headers =
        draft.headers().stream().map(header -> header(header.name(), header.value())).toList();
    return of(draft.command(), headers, draft.body());
  }

  /** Returns the text of {@code frame} without the entries of one name. */
  public static String without(String name, Frame frame) {
    Headers rest = frame.headers().toBuilder().remove(name).build();
    return of(new Frame(frame.command(), rest, frame.body()));
  }

  /** Puts a text together; the headers are as {@link #header} shows them. */
  public static String of(String command, List<String> headers, Body body) {
    return command + " " + headers + " " + Escaped.shown(body);
  }

  /** Returns one header; a value that is null is no mistake here, but shown. */
  public static String header(String name, @Nullable String value) {
    return Escaped.shown(name) + ":" + (value == null ? "null" : Escaped.shown(value));
  }
}
