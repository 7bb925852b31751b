package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One connection of the peer, served by one thread; a source writes from another. */
final class PeerConnection {
  private static final int BUFFER = 256 * 1024;
  private static final byte[] ECHO = octets("/queue/bench.echo");
  private static final byte[] RECEIPT = octets("RECEIPT\nreceipt-id:");
  private static final byte[] END = octets("\n\n\0");

  private final Wire wire;
  private final ScannedFrame frame = new ScannedFrame();
  private byte[] input = new byte[BUFFER];
  private int from;
  private int limit;

  /** Answers to what has been read. */
  private ByteBuffer answers = ByteBuffer.allocateDirect(1024);

  /** What stands before the body of an echo; empty until somebody subscribed. */
  private byte[] echoHead = {};

  PeerConnection(Wire wire) {
    this.wire = wire;
  }

  void serve() {
    try (Wire closed = wire) {
      while (true) {
        int count = closed.read(input, limit, input.length - limit);
        if (count < 0) {
          return;
        }
        limit += count;
        handle();
        keepRest();
      }
    } catch (IOException e) {
      // The client has gone, as it may at any time.
    }
  }

  private void keepRest() {
    System.arraycopy(input, from, input, 0, limit - from);
    limit -= from;
    from = 0;
    if (limit == input.length) {
      input = Arrays.copyOf(input, 2 * input.length);
    }
  }

  private void handle() throws IOException {
    while (from < limit) {
      byte first = input[from];
      if (first == '\n' || first == '\r') {
        from++;
        continue;
      }
      int end = frame.scan(input, from, limit);
      if (end < 0) {
        break;
      }
      answer();
      from = end;
    }
    flush();
  }

  private void answer() throws IOException {
    if (frame.isCommand("SEND")) {
      echo();
    } else if (frame.isCommand("CONNECT") || frame.isCommand("STOMP")) {
      connected();
    } else if (frame.isCommand("SUB")) {
      subscribed();
      return;
    }
    receipt();
  }

  private void echo() {
    if (echoHead.length > 0 && frame.destination().is(ECHO)) {
      put(echoHead);
      put(octets("content-length:" + frame.bodySize() + "\n\n"));
      put(frame.octets(), frame.bodyFrom(), frame.bodySize());
      put(new byte[1]);
    }
  }

  private void connected() {
    String versions = frame.versions().isPresent() ? frame.versions().text() : "1.0";
    String version = versions.contains("1.2") ? "1.2" : versions.contains("1.1") ? "1.1" : "1.0";
    put(octets("CONNECTED\nversion:" + version + "\nheart-beat:0,0\nserver:scripted/1\n\n\0"));
  }

  /** The receipt of a SUBSCRIBE comes before what the subscription brings. */
  private void subscribed() throws IOException {
    String destination = frame.destination().text();
    String id = frame.id().text();
    if (destination.startsWith("/source/")) {
      receipt();
      flush();
      List<String> parts = List.of(destination.split("/", -1));
      Source source = Source.of(id, Integer.parseInt(parts.get(3)), wire);
      long messages = Long.parseLong(parts.get(2));
      ScriptedPeer.daemon(() -> pour(source, messages));
    } else {
      echoHead =
          octets(
              "MESSAGE\nsubscription:"
                  + id
                  + "\ndestination:/queue/bench.echo\nmessage-id:"
                  + "T_0@@session-b5pZkQVxhZbHHJQqHvqf7A@@1\ncontent-type:application/json\n");
      receipt();
    }
  }

  private void pour(Source source, long messages) {
    try {
      source.pour(messages, this::writeMade);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private void receipt() {
    if (frame.receipt().isPresent()) {
      put(RECEIPT);
      put(frame.octets(), frame.receipt().from(), frame.receipt().size());
      put(END);
    }
  }

  private void put(byte[] octets) {
    put(octets, 0, octets.length);
  }

  private void put(byte[] octets, int start, int count) {
    if (answers.remaining() < count) {
      int capacity = Math.max(2 * answers.capacity(), answers.position() + count);
      answers = ByteBuffer.allocateDirect(capacity).put(answers.flip());
    }
    answers.put(octets, start, count);
  }

  private void flush() throws IOException {
    if (answers.position() > 0) {
      write(answers.flip());
      answers.clear();
    }
  }

  /** Whole frames only, as two threads do. */
  private synchronized void write(ByteBuffer octets) throws IOException {
    wire.write(octets);
  }

  private synchronized void writeMade(ByteBuffer octets) throws IOException {
    wire.writeMade(octets);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
