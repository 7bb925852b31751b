package io.stompbox.cli.connection;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.Scheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What to look at where no broker was found: where they listen depends on the scheme. */
final class PlaceAdvice {
  static final String IS_IT_THERE = "is a broker running there, and is STOMP enabled on this port?";

  private PlaceAdvice() {}

  /**
   * Nothing takes connections there.
   *
   * @param why what the system said
   */
  static List<String> afterNobody(BrokerAddress broker, String why) {
    return switch (broker.scheme()) {
      case TCP ->
          List.of(
              IS_IT_THERE, "ActiveMQ and RabbitMQ use 61613; 61614 is often TLS: try stomp+ssl://");
      case TLS -> List.of(IS_IT_THERE, "STOMP over TLS is often at 61614, without TLS at 61613");
      case WEBSOCKET ->
          List.of(
              "is a broker running there, and is STOMP over WebSocket enabled on this port?",
              "RabbitMQ uses 15674, ActiveMQ Classic 61614, Artemis 61613, web servers 80");
      case SECURE_WEBSOCKET ->
          List.of(
              "is a broker running there, and is STOMP over WebSocket enabled on this port?",
              "brokers agree on no port for it with TLS; web servers use 443");
      case UNIX -> List.of(ofSocket(broker.socketPath().orElse(""), why));
    };
  }

  private static String ofSocket(String path, String why) {
    if (why.contains("ermission denied")) {
      return "connecting takes the right to write to it: ls -l " + path + " shows whose it is";
    }
    Path place = Path.of(path);
    if (Files.isDirectory(place) || Files.isRegularFile(place)) {
      return "there is a "
          + (Files.isDirectory(place) ? "folder" : "file")
          + " and no socket: is the path right?";
    }
    return Files.exists(place)
        ? "the file is there, but nobody listens: is its broker running?"
        : "there is no such file: is the path right, and is the broker running?";
  }

  /** Something takes connections there, and gave no answer that is STOMP. */
  static List<String> afterStranger(Scheme scheme) {
    return List.of(
        switch (scheme) {
          case TCP ->
              "is it a STOMP port? ActiveMQ and RabbitMQ use 61613; for TLS try stomp+ssl://";
          case TLS -> "is it a STOMP port? STOMP over TLS is often at 61614";
          case WEBSOCKET, SECURE_WEBSOCKET -> "is it STOMP that the path of the URI leads to?";
          case UNIX -> "does the socket belong to a STOMP broker?";
        });
  }
}
