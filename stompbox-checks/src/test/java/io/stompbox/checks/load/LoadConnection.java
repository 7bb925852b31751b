package io.stompbox.checks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.LongConsumer;

/** A connection of a {@link LoadPeer}. Its frames have no NUL but the one at their end. */
final class LoadConnection {
  /** Shared by all connections, as one thread serves them. */
  private static final ByteBuffer INPUT = ByteBuffer.allocate(64 * 1024);

  private static final int OUTPUT = 64 * 1024;

  private final SocketChannel channel;
  private final SelectionKey key;

  /** The beginning of a frame whose end has not come. */
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream(0);

  private ByteBuffer output = ByteBuffer.allocate(0);
  private boolean hasConnected;
  private String subscription = "";
  private long flood;
  private long flooded;
  private long stalls;
  private LongConsumer whenFlooded = number -> {};

  LoadConnection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  boolean hasSubscribed() {
    return !subscription.isEmpty();
  }

  /** Takes nothing from the network any more, so that its buffers fill up. */
  void stall() {
    if (hasConnected) {
      key.interestOps(0);
    }
  }

  /** Reads and writes what can be. */
  void serve() throws IOException {
    if (key.isReadable()) {
      read();
    }
    write();
  }

  private void read() throws IOException {
    INPUT.clear();
    if (channel.read(INPUT) < 0) {
      channel.close();
      return;
    }
    INPUT.flip();
    while (INPUT.hasRemaining()) {
      byte octet = INPUT.get();
      if (octet != 0) {
        frame.write(octet);
      } else {
        answer(frame.toString(UTF_8).stripLeading());
        frame.reset();
      }
    }
  }

  private void answer(String whole) throws IOException {
    if (whole.startsWith("CONNECT")) {
      hasConnected = true;
      send("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
    }
    if (whole.startsWith("SUBSCRIBE")) {
      subscription = header(whole, "id");
    }
    String receipt = header(whole, "receipt");
    if (!receipt.isEmpty()) {
      send("RECEIPT\nreceipt-id:" + receipt + "\n\n\0");
    }
  }

  private static String header(String whole, String name) {
    int start = whole.indexOf("\n" + name + ":");
    return start < 0
        ? ""
        : whole.substring(start + name.length() + 2, whole.indexOf('\n', start + 1));
  }

  private void send(String text) throws IOException {
    byte[] octets = text.getBytes(UTF_8);
    ByteBuffer more = ByteBuffer.allocate(output.remaining() + octets.length);
    output = more.put(output).put(octets).flip();
    write();
  }

  /** Sends as many messages as the network takes; the number of each is its body. */
  void flood(long number, LongConsumer atTheEnd) throws IOException {
    flood = number;
    whenFlooded = atTheEnd;
    write();
  }

  private void write() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    channel.write(output);
    while (!output.hasRemaining() && flooded < flood) {
      output = nextMessages();
      channel.write(output);
    }
    if (!output.hasRemaining()) {
      output = ByteBuffer.allocate(0);
    }
    if (output.hasRemaining()) {
      stalls++;
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else {
      key.interestOps(SelectionKey.OP_READ);
      if (flood > 0) {
        flood = 0;
        whenFlooded.accept(stalls);
      }
    }
  }

  private ByteBuffer nextMessages() {
    StringBuilder messages = new StringBuilder(OUTPUT);
    while (messages.length() < OUTPUT - 200 && flooded < flood) {
      messages
          .append("MESSAGE\nsubscription:")
          .append(subscription)
          .append("\nmessage-id:")
          .append(flooded)
          .append("\nack:")
          .append(flooded)
          .append("\ndestination:/queue/a\n\n")
          .append(flooded)
          .append('\0');
      flooded++;
    }
    return ByteBuffer.wrap(messages.toString().getBytes(UTF_8));
  }

  /** The client sees an error, and octets under way are lost. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException gone) {
      key.cancel();
    }
  }
}
