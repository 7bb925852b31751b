package io.stompbox.cli.connection;

import io.stompbox.client.transport.UnexpectedPeerException.Sign;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.Scheme;
import io.stompbox.protocol.frame.ProtocolException;
import java.util.List;
import java.util.Optional;

/** What to try where a port speaks something else than the scheme of its URI says. */
final class OtherProtocol {
  /** How a record of TLS begins that is an alert, as the decoder shows it. */
  private static final String TLS_ALERT = "'\\x15\\x03";

  private static final String HTTP = "'HTTP/1.";
  private static final String OPEN_WIRE = "\\x01ActiveMQ";

  private OtherProtocol() {}

  /** Returns the advice, or nothing if it does not look like it. */
  static List<String> advice(BrokerFailure failure) {
    BrokerAddress broker = failure.broker();
    if (broker.scheme() == Scheme.UNIX) {
      return List.of();
    }
    Optional<Sign> sign = failure.sign();
    if (sign.isPresent()) {
      return of(sign.get(), broker);
    }
    return failure.thrown() instanceof ProtocolException && !broker.scheme().isWebSocket()
        ? ofAnswer(failure.thrown().getMessage(), broker)
        : List.of();
  }

  private static List<String> of(Sign sign, BrokerAddress broker) {
    String plain = broker.scheme().isWebSocket() ? "ws" : "stomp";
    return switch (sign) {
      case NO_TLS -> List.of("the port does not speak TLS: try " + as(plain, broker));
      case SILENT_TO_TLS ->
          List.of(
              "something listens there and begins no TLS: try " + as(plain, broker),
              "--timeout sets how long to wait");
      case NO_WEBSOCKET ->
          List.of(
              "the path is a part of the URI: RabbitMQ has ws://HOST:15674/ws, Spring what its"
                  + " configuration names");
      case NO_HTTP -> List.of(noWebSocket(broker), otherPort(broker));
      case SILENT_TO_HTTP ->
          List.of(noWebSocket(broker), otherPort(broker) + "; --timeout sets how long to wait");
    };
  }

  private static String noWebSocket(BrokerAddress broker) {
    return "the port does not speak WebSocket: try "
        + as(broker.scheme().isSecure() ? "stomp+ssl" : "stomp", broker);
  }

  private static String otherPort(BrokerAddress broker) {
    return broker.scheme().isSecure()
        ? "WebSocket has ports of its own with most brokers"
        : "if it wants TLS, try "
            + as("stomp+ssl", broker)
            + " or "
            + as("wss", broker)
            + broker.requestTarget().map(OtherProtocol::withoutQuery).orElse("");
  }

  /** The query may hold a token. */
  private static String withoutQuery(String requestTarget) {
    int query = requestTarget.indexOf('?');
    return query < 0 ? requestTarget : requestTarget.substring(0, query) + "?***";
  }

  /** By what the broker's answer to CONNECT begins with, which the decoder quotes. */
  private static List<String> ofAnswer(String message, BrokerAddress broker) {
    boolean isSecure = broker.scheme().isSecure();
    if (message.contains(HTTP)) {
      return List.of(
          "an HTTP server answers there: for STOMP over WebSocket try "
              + as(isSecure ? "wss" : "ws", broker),
          "plain STOMP has a port of its own: ActiveMQ and RabbitMQ use 61613");
    }
    if (!isSecure && message.contains(TLS_ALERT)) {
      return List.of("the port speaks TLS: try " + as("stomp+ssl", broker));
    }
    return message.contains(OPEN_WIRE)
        ? List.of("it is ActiveMQ's port for OpenWire; STOMP's is 61613 unless changed")
        : List.of();
  }

  private static String as(String scheme, BrokerAddress broker) {
    return scheme + "://" + BrokerAddress.hostAndPort(broker.host(), broker.port());
  }
}
