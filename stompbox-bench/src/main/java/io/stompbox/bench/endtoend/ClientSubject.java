package io.stompbox.bench.endtoend;

/** A client library, as its user would call it. */
public interface ClientSubject {
  /** What it is in a comparison. */
  enum Kind {
    OWN,
    PEER,
    /** No library, but the same octets through a socket. */
    LIMIT
  }

  String name();

  Kind kind();

  /** What a reader has to know to judge its figures. */
  String notes();

  /** Whether it can do that. */
  boolean supports(Scenario scenario);

  /** Connects and prepares; whatever waits does so for a minute at most. */
  Run start(Scenario scenario, Endpoint endpoint) throws Exception;
}
