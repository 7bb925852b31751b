package io.stompbox.cli.connection;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.Scheme;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.StompException;
import java.util.List;
import java.util.Objects;

/** What to try where a port speaks something else than the scheme of its URI says. */
final class OtherProtocol {
  /** How a record of TLS begins that is an alert, as the decoder shows it. */
  private static final String TLS_ALERT = "'\\x15\\x03";

  private static final String OPEN_WIRE = "\\x01ActiveMQ";

  private OtherProtocol() {}

  /** Returns the advice, or nothing if it does not look like it. */
  static List<String> advice(StompException thrown, FailoverUri brokers) {
    String message = Objects.requireNonNullElse(thrown.getMessage(), "");
    BrokerAddress broker = brokerOf(message, brokers);
    if (broker.scheme() == Scheme.UNIX) {
      return List.of();
    }
    return broker.scheme().isWebSocket()
        ? ofWebSocket(message, broker)
        : ofStomp(message, broker, thrown instanceof ProtocolException);
  }

  /** The one that is named, which is the last that was tried; else the first of the list. */
  private static BrokerAddress brokerOf(String message, FailoverUri brokers) {
    return brokers.brokers().stream()
        .filter(broker -> message.contains(broker.toString()))
        .findFirst()
        .orElse(brokers.brokers().get(0));
  }

  private static List<String> ofWebSocket(String message, BrokerAddress broker) {
    boolean isSecure = broker.scheme().isSecure();
    if (message.contains("unrecognized SSL message")) {
      return List.of("the port does not speak TLS: try " + as("ws", broker));
    }
    if (message.contains("answered with HTTP status")) {
      return List.of(
          "the path is a part of the URI: RabbitMQ has ws://HOST:15674/ws, Spring what its"
              + " configuration names");
    }
    if (message.contains("does not answer as HTTP does")
        || message.contains("the WebSocket was not open within")
        || message.contains("did not answer CONNECT")) {
      return List.of(
          "the port does not speak WebSocket: try " + as(isSecure ? "stomp+ssl" : "stomp", broker),
          isSecure
              ? "WebSocket has ports of its own with most brokers"
              : "if it wants TLS, try "
                  + as("stomp+ssl", broker)
                  + " or "
                  + as("wss", broker)
                  + broker.requestTarget().orElse(""));
    }
    return List.of();
  }

  private static List<String> ofStomp(String message, BrokerAddress broker, boolean isBroken) {
    boolean isSecure = broker.scheme().isSecure();
    if (isSecure && message.contains("Read timed out")) {
      return List.of("something listens there and begins no TLS: try " + as("stomp", broker));
    }
    if (isBroken && message.contains("'HTTP/1.")) {
      return List.of(
          "an HTTP server answers there: for STOMP over WebSocket try "
              + as(isSecure ? "wss" : "ws", broker),
          "plain STOMP has a port of its own: ActiveMQ and RabbitMQ use 61613");
    }
    if (isBroken && !isSecure && message.contains(TLS_ALERT)) {
      return List.of("the port speaks TLS: try " + as("stomp+ssl", broker));
    }
    if (isBroken && message.contains(OPEN_WIRE)) {
      return List.of("it is ActiveMQ's port for OpenWire; STOMP's is 61613 unless changed");
    }
    return List.of();
  }

  private static String as(String scheme, BrokerAddress broker) {
    String host = broker.host().indexOf(':') >= 0 ? "[" + broker.host() + "]" : broker.host();
    return scheme + "://" + host + ":" + broker.port();
  }
}
