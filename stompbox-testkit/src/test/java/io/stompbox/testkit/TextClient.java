package io.stompbox.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of a broker in memory that speaks text, with {@code ^@} for NUL. */
final class TextClient {
  private final BrokerConnection connection;
  private final int chunk;

  /** Creates one whose octets arrive in pieces of at most {@code chunk}. */
  TextClient(QueueBroker broker, int chunk) {
    this.connection = broker.connect(0);
    this.chunk = chunk;
  }

  /** Creates one that has connected with a version. */
  static TextClient connected(QueueBroker broker, String version) {
    TextClient client = new TextClient(broker, Integer.MAX_VALUE);
    client.send("CONNECT\naccept-version:" + version + "\nhost:/\n\n^@");
    client.received();
    return client;
  }

  BrokerConnection connection() {
    return connection;
  }

  void send(String text) {
    send(text.replace("^@", "\0").getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] octets) {
    for (int at = 0; at < octets.length; at += Math.min(chunk, octets.length - at)) {
      int size = Math.min(chunk, octets.length - at);
      connection.receive(ByteBuffer.wrap(octets, at, size), 0);
    }
  }

  void subscribe(String destination, String ack) {
    send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nack:" + ack + "\n\n^@");
  }

  /** Sends messages, one for each body. */
  void sendTo(String destination, String... bodies) {
    for (String body : bodies) {
      send("SEND\ndestination:" + destination + "\n\n" + body + "^@");
    }
  }

  /** Returns what the broker wrote since the last call. */
  String received() {
    return new String(connection.takeOutput(0), StandardCharsets.UTF_8).replace("\0", "^@");
  }

  /** Returns the bodies of the frames that came since the last call, with blanks between them. */
  String receivedBodies() {
    StringBuilder bodies = new StringBuilder();
    for (String frame : received().split("\\^@", -1)) {
      int blankLine = frame.indexOf("\n\n");
      if (blankLine >= 0) {
        bodies.append(bodies.isEmpty() ? "" : " ").append(frame.substring(blankLine + 2));
      }
    }
    return bodies.toString();
  }
}
