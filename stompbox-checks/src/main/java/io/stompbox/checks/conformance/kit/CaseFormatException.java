package io.stompbox.checks.conformance.kit;

/** A line of a case file is not a case; the message says which field is wrong and how. */
public final class CaseFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String complaint;

  /** The complaint is a sentence without capital and full stop, with the name of the field. */
  public CaseFormatException(String complaint) {
    super(complaint);
    this.complaint = complaint;
  }

  /** What is wrong; the message, which is never null here. */
  public String complaint() {
    return complaint;
  }
}
