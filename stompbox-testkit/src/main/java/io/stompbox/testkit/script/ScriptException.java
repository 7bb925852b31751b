package io.stompbox.testkit.script;

/**
 * A script can't be read. The message has the file, the line, what was found there, and what is
 * allowed: {@code a.script:3: found 'expct'; allowed are ...}.
 */
public final class ScriptException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates one for a line. */
  ScriptException(ScriptLine line, String found, String allowed) {
    super(line.place() + ": found " + found + "; " + allowed);
  }

  /** Creates one for the end of a file. */
  ScriptException(String file, String missing) {
    super(file + ": " + missing);
  }
}
