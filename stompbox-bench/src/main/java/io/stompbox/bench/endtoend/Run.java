package io.stompbox.bench.endtoend;

import java.io.IOException;

/** A client at work on a scenario. */
public interface Run extends AutoCloseable {
  /** Does what must not be measured before {@code messages} are. */
  default void prepare(long messages) throws Exception {}

  /** Does the scenario with so many messages; returns when all of them are through. */
  void run(long messages, RoundTrips roundTrips) throws Exception;

  @Override
  void close() throws IOException;
}
