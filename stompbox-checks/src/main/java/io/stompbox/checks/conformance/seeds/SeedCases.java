package io.stompbox.checks.conformance.seeds;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.Json;

/** Makes a case of the fields of a line. */
public final class SeedCases {
  private SeedCases() {}

  /** Reads a case of octets to frames. */
  public static Case parse(Json.Fields fields) {
    return ParseReader.read(fields);
  }

  /** Reads a case of a frame to octets. */
  public static Case frame(Json.Fields fields) {
    return FrameReader.read(fields);
  }

  /** Reads a case of brokers, in which order they are tried, and when. */
  public static Case failover(Json.Fields fields) {
    return FailoverReader.read(fields);
  }
}
