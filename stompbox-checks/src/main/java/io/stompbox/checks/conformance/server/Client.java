package io.stompbox.checks.conformance.server;

import io.stompbox.checks.conformance.kit.Escaped;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.WireFrame;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.BrokerConnection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A client at the other end of a connection to the broker, with its own few lines to read. */
final class Client {
  private final World world;
  private final BrokerConnection connection;

  /** Octets that came and are no whole frame yet. */
  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

  /** Frames that no step has looked at. */
  private final Deque<WireFrame> frames = new ArrayDeque<>();

  /** Every MESSAGE that came. */
  private final List<WireFrame> messages = new ArrayList<>();

  private Version version;
  private int lineEnds;

  Client(World world, BrokerConnection connection) {
    this.world = world;
    this.connection = connection;
    this.version = world.version();
  }

  World world() {
    return world;
  }

  /** Sends octets, cut as this try wants it. */
  void send(Body octets) {
    world.pieces(octets).forEach(this::send);
  }

  /** Sends octets in one piece. */
  void send(byte[] octets) {
    connection.receive(ByteBuffer.wrap(octets), world.now());
    world.pump();
  }

  /** Connects with one version. */
  void handshake(Version wanted, Body extraHeaders) {
    version = wanted;
    ByteArrayOutputStream connect = new ByteArrayOutputStream();
    connect.writeBytes(
        Escaped.octets("CONNECT\\naccept-version:" + wanted + "\\nhost:/\\n").toBytes());
    connect.writeBytes(extraHeaders.toBytes());
    connect.writeBytes(new byte[] {'\n', 0});
    send(Body.of(connect.toByteArray()));
    Optional<WireFrame> answer = next();
    if (answer.filter(frame -> isConnected(frame, wanted)).isEmpty()) {
      throw new Mismatch(
          "CONNECTED with version " + wanted, answer.map(WireFrame::toString).orElse("no frame"));
    }
  }

  /** A server may leave out the version if it is 1.0. */
  private static boolean isConnected(WireFrame frame, Version wanted) {
    return frame.command().equals("CONNECTED")
        && frame.value("version").orElse(Version.V1_0.text()).equals(wanted.text());
  }

  /** Sends the ACK or NACK of a message. */
  void settle(String command, int number) {
    if (number < 1 || number > messages.size()) {
      throw new Mismatch("at least " + number + " messages to acknowledge", messages.toString());
    }
    WireFrame message = messages.get(number - 1);
    String headers =
        version == Version.V1_2
            ? header("id", message, "ack")
            : header("message-id", message, "message-id")
                + header("subscription", message, "subscription");
    send(Body.of(command + "\n" + headers + "\n\0"));
  }

  /** Values are copied as they stand on the wire, so they are escaped already. */
  private static String header(String name, WireFrame message, String source) {
    return message.value(source).map(value -> name + ":" + value + "\n").orElse("");
  }

  void drop() {
    connection.lost();
    world.pump();
  }

  boolean isClosed() {
    return connection.isOver();
  }

  /** Returns the next frame that no step has looked at; empty if there is none. */
  Optional<WireFrame> next() {
    return Optional.ofNullable(frames.poll());
  }

  /** Returns the frames that no step has looked at. */
  List<WireFrame> pending() {
    return List.copyOf(frames);
  }

  /** Returns how many line ends came between frames so far. */
  int lineEnds() {
    return lineEnds;
  }

  void tick() {
    connection.tick(world.now());
    pump();
  }

  long nanosUntilDue() {
    return connection.nanosUntilDue(world.now());
  }

  /** Reads what the broker wrote. */
  void pump() {
    unread.writeBytes(connection.takeOutput(world.now()));
    byte[] octets = unread.toByteArray();
    unread.reset();
    unread.writeBytes(read(octets));
  }

  /** Returns what is left. */
  private byte[] read(byte[] octets) {
    int at = 0;
    while (at < octets.length) {
      if (octets[at] == '\n') {
        lineEnds++;
        at++;
        continue;
      }
      Optional<WireFrame.Read> read = WireFrame.read(octets, at);
      if (read.isEmpty()) {
        break;
      }
      take(read.get().frame());
      at = read.get().end();
    }
    return Arrays.copyOfRange(octets, at, octets.length);
  }

  private void take(WireFrame frame) {
    frames.add(frame);
    if (frame.command().equals("MESSAGE")) {
      messages.add(frame);
    }
  }
}
