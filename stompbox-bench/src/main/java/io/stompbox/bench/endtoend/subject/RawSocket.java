package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Bodies;
import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Scenario.Transport;
import io.stompbox.bench.endtoend.Work;
import java.io.IOException;

/** The limit: octets that were made before, and a reader that counts the ends of frames. */
final class RawSocket implements ClientSubject {
  private static final int FILL_WINDOW = 500;

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public Kind kind() {
    return Kind.LIMIT;
  }

  @Override
  public String notes() {
    return "a blocking socket without a library: prepared frames, 64 KiB in a write, and a reader"
        + " that counts NULs eight octets at a time";
  }

  @Override
  public boolean supports(Scenario scenario) {
    return scenario.transport() == Transport.TCP && scenario.work() != Work.PING_PONG_CALLBACK;
  }

  @Override
  public Run start(Scenario scenario, Endpoint endpoint) throws IOException {
    return new RawRun(scenario, endpoint);
  }

  /** Puts messages into a broker's queue; returns when it has confirmed them all. */
  static void fill(Endpoint endpoint, String destination, byte[] body, long messages)
      throws IOException {
    Scenario scenario =
        new Scenario("fill", Work.SEND_CONFIRMED, body.length, FILL_WINDOW, Transport.TCP);
    try (RawRun run = new RawRun(scenario, endpoint)) {
      run.confirm(messages, RawFrames.send(destination, body, "r-100000"));
    }
  }

  static byte[] body(Scenario scenario) {
    return Bodies.json(1, scenario.size());
  }
}
