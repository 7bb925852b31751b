package io.stompbox.checks.conformance.session;

import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.Outcome;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.ProtocolException;

/** Says in the words of case files what came of a call, as the client's types say. */
final class ClientAnswers {
  private ClientAnswers() {}

  static Seen result(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed) {
      return Call.ok();
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return failure(rejected.cause());
    }
    return outcome instanceof Outcome.Unknown unknown
        ? failure(unknown.cause())
        : failure(((Outcome.NotSent) outcome).cause());
  }

  static Seen failure(Throwable cause) {
    if (cause instanceof BrokerErrorException error) {
      return Call.failed(
          "server-error", "message", error.frame().header("message"), "body", error.frame().text());
    }
    if (cause instanceof ProtocolException fault) {
      return Call.failed(Texts.category(fault), "message", fault.getMessage());
    }
    if (cause instanceof StompTimeoutException) {
      return Call.failed("timeout", "message", cause.getMessage());
    }
    return Call.failed(
        cause instanceof ConnectionLostException ? "connection-lost" : cause.toString(),
        "message",
        cause.getMessage());
  }
}
