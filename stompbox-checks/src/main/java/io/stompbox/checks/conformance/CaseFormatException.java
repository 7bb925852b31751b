package io.stompbox.checks.conformance;

/** A line of a case file is not a case; the message says which field is wrong and how. */
final class CaseFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseFormatException(String message) {
    super(message);
  }
}
