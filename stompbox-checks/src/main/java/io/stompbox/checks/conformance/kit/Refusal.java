package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.IllegalFrameException;

/** Names what was thrown at a draft as case files do. */
public final class Refusal {
  /** A value that is null; the JDK's own exceptions are the answer to that. */
  public static final String NULL_HEADER = "null-header";

  private Refusal() {}

  /** Returns the category, or for what nobody expects the exception itself. */
  public static String of(RuntimeException thrown, Draft draft) {
    if (thrown instanceof IllegalFrameException illegal) {
      return Category.of(illegal.reason());
    }
    boolean misuse =
        thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException;
    return misuse && namesNullHeader(thrown, draft) ? NULL_HEADER : shown(thrown);
  }

  /** Returns an exception that nobody expects, in one line. */
  public static String shown(RuntimeException thrown) {
    return "threw " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }

  private static boolean namesNullHeader(RuntimeException thrown, Draft draft) {
    String message = String.valueOf(thrown.getMessage());
    return draft.headers().stream()
        .anyMatch(header -> header.value() == null && message.contains("'" + header.name() + "'"));
  }
}
