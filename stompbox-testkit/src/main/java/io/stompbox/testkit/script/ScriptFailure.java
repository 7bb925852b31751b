package io.stompbox.testkit.script;

/**
 * A statement of a script was not fulfilled. The message has the file, the line, the statement,
 * what was expected and what came.
 */
public final class ScriptFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  ScriptFailure(ScriptLine line, Throwable cause) {
    super(line.place() + ": " + line.text() + ": " + reason(cause), cause);
  }

  /** What somebody expected and did not get says it all; of anything else the kind matters too. */
  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof AssertionError
        ? message
        : cause.getClass().getSimpleName() + ": " + message;
  }
}
