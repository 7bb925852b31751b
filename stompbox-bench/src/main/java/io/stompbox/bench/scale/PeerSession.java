package io.stompbox.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection of the peer. The destination says what happens:
 *
 * <ul>
 *   <li>SEND to {@code /control/drop} closes all other connections;
 *   <li>SEND to {@code /control/publish} brings a message to each subscription of this connection;
 *   <li>SEND to {@code /control/body}, with a content-length, may be longer than the heap: its body
 *       is summed up, and SUBSCRIBE to {@code /control/sum} brings its length and CRC-32C;
 *   <li>SUBSCRIBE to {@code /control/connects} brings the numbers of connections since the drop;
 *   <li>SUBSCRIBE to {@code /source/COUNT} brings so many messages of 100 octets and up to 199
 *       more, as fast as the socket takes them;
 *   <li>a frame that asks for a receipt gets one.
 * </ul>
 */
final class PeerSession {
  private static final ByteBuffer READ = ByteBuffer.allocateDirect(1 << 16);
  private static final String BODY = "x".repeat(100);

  /** Messages in a buffer of a source. */
  private static final int BATCH = 200;

  private final SocketChannel channel;
  private final ScalePeer peer;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream(256);
  private final SummedBody summed = new SummedBody();
  private final ArrayDeque<ByteBuffer> output = new ArrayDeque<>();
  private final List<String> subscriptions = new ArrayList<>();

  /** A batch of messages of the source; empty without one. */
  private byte[] batch = {};

  private long batchesLeft;

  PeerSession(SocketChannel channel, ScalePeer peer) {
    this.channel = channel;
    this.peer = peer;
  }

  /** Reads and writes what can be without waiting; throws when the client has left. */
  void ready(SelectionKey key) throws IOException {
    if (key.isReadable()) {
      READ.clear();
      if (channel.read(READ) < 0) {
        throw new IOException("the client has left");
      }
      READ.flip();
      while (READ.hasRemaining()) {
        summed.take(READ);
        if (READ.hasRemaining()) {
          take(READ.get());
        }
      }
    }
    write();
    boolean isWaiting = !output.isEmpty() || batchesLeft > 0;
    key.interestOps(SelectionKey.OP_READ | (isWaiting ? SelectionKey.OP_WRITE : 0));
  }

  private void take(byte octet) {
    if (octet != 0) {
      frame.write(octet);
      summed.look(frame, octet);
      return;
    }
    List<String> lines = frame.toString(UTF_8).stripLeading().lines().toList();
    frame.reset();
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        break;
      }
      headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1));
    }
    handle(lines.get(0), headers);
  }

  private void handle(String command, Map<String, String> headers) {
    String destination = headers.getOrDefault("destination", "");
    String receipt = headers.get("receipt");
    switch (command) {
      case "CONNECT", "STOMP" -> put("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
      case "SUBSCRIBE" -> subscribe(headers.getOrDefault("id", ""), destination);
      case "SEND" -> control(destination);
      default -> {
        // Acknowledgements and farewells need no more than their receipts.
      }
    }
    if (receipt != null) {
      put("RECEIPT\nreceipt-id:" + receipt + "\n\n\0");
    }
  }

  private void subscribe(String id, String destination) {
    if (destination.equals("/control/connects")) {
      put(message(id, peer.connects()));
    } else if (destination.equals("/control/sum")) {
      put(message(id, summed.toString()));
    } else if (destination.startsWith("/source/")) {
      batch = message(id, BODY).repeat(BATCH).getBytes(UTF_8);
      long count = Long.parseLong(destination.substring("/source/".length()));
      batchesLeft = (count + BATCH - 1) / BATCH;
    } else {
      subscriptions.add(id);
    }
  }

  private void control(String destination) {
    if (destination.equals("/control/drop")) {
      peer.dropAllBut(this);
    } else if (destination.equals("/control/publish")) {
      subscriptions.forEach(id -> put(message(id, BODY)));
    }
  }

  private static String message(String id, String body) {
    return "MESSAGE\nsubscription:"
        + id
        + "\nmessage-id:m\ndestination:/queue/scale\n\n"
        + body
        + "\0";
  }

  private void put(String text) {
    output.add(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private void write() throws IOException {
    while (true) {
      if (output.isEmpty() && batchesLeft > 0) {
        batchesLeft--;
        output.add(ByteBuffer.wrap(batch));
      }
      ByteBuffer next = output.peek();
      if (next == null) {
        return;
      }
      channel.write(next);
      if (next.hasRemaining()) {
        return;
      }
      output.remove();
    }
  }
}
