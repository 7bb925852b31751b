package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;

/** What all clients say to those they talk to. */
final class Brokers {
  static final String LOGIN = "guest";
  static final String PASSCODE = "guest";

  /** Where the message goes whose receipt says that all before it have come. */
  static final String SYNC = "/queue/bench.sync";

  private Brokers() {}

  static String virtualHost(Endpoint endpoint) {
    return endpoint.kind().equals("rabbitmq") ? "/" : "localhost";
  }

  static String ackMode(Scenario scenario) {
    return scenario.work() == Work.RECEIVE_ACK ? "client-individual" : "auto";
  }
}
