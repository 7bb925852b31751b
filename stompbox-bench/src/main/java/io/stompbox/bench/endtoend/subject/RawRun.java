package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.Nuls;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.RoundTrips;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A scenario without a library. */
final class RawRun implements Run {
  private static final int WRITE = 64 * 1024;
  private static final int READ = 128 * 1024;

  private final Scenario scenario;
  private final Destinations destinations;
  private final SocketChannel channel;
  private final byte[] body;
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ);
  private final byte[] octets = new byte[READ];
  private int subscriptions;

  RawRun(Scenario scenario, Endpoint endpoint) throws IOException {
    this.scenario = scenario;
    this.destinations = new Destinations(endpoint);
    this.body = RawSocket.body(scenario);
    this.channel =
        SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    write(RawFrames.connect(endpoint));
    readFrames(1);
  }

  @Override
  public void run(long messages, RoundTrips trips) throws IOException {
    switch (scenario.work()) {
      case SEND -> send(messages);
      case SEND_CONFIRMED ->
          confirm(messages, RawFrames.send(destinations.sink(), body, "r-100000"));
      case RECEIVE -> receive(messages, 0);
      case RECEIVE_ACK -> receive(messages, WRITE);
      case PING_PONG -> pingPong(messages, trips);
      case PING_PONG_CALLBACK -> throw new IllegalArgumentException("nothing is called back");
    }
  }

  private void send(long messages) throws IOException {
    byte[] frame = RawFrames.send(destinations.sink(), body, "");
    ByteBuffer block = RawFrames.repeated(frame, WRITE);
    writeFrames(block, frame.length, messages);
    sync();
  }

  private void sync() throws IOException {
    write(RawFrames.send(Brokers.SYNC, new byte[] {'x'}, "sync"));
    readFrames(1);
  }

  /** Sends with a receipt each, the window of the scenario full whenever there is room in it. */
  void confirm(long messages, byte[] frame) throws IOException {
    ByteBuffer block = RawFrames.repeated(frame, WRITE);
    long sent = 0;
    long confirmed = 0;
    while (confirmed < messages) {
      long room = Math.min(messages - sent, scenario.window() - (sent - confirmed));
      writeFrames(block, frame.length, room);
      sent += room;
      confirmed += readFrames(1);
    }
  }

  private void writeFrames(ByteBuffer block, int size, long count) throws IOException {
    long most = block.capacity() / size;
    for (long left = count; left > 0; left -= most) {
      block.clear().limit((int) Math.min(left, most) * size);
      write(block);
    }
  }

  /** Receives, and writes an ACK for each message that a read has brought, all at once. */
  private void receive(long messages, int ackBuffer) throws IOException {
    write(RawFrames.subscribe(destinations.source(messages, scenario.size()), ++subscriptions));
    byte[] ack = RawFrames.ack();
    ByteBuffer acks = RawFrames.repeated(ack, ackBuffer);
    for (long received = 0; received < messages; ) {
      int count = readSome();
      received += count;
      if (ackBuffer > 0) {
        writeFrames(acks, ack.length, count);
      }
    }
    if (ackBuffer > 0) {
      sync();
    }
  }

  private void pingPong(long messages, RoundTrips trips) throws IOException {
    if (subscriptions == 0) {
      write(RawFrames.subscribe(destinations.echo(), ++subscriptions));
    }
    ByteBuffer ping = RawFrames.repeated(RawFrames.send(destinations.echo(), body, ""), 0);
    for (long i = 0; i < messages; i++) {
      ping.clear();
      long start = System.nanoTime();
      write(ping);
      readFrames(1);
      trips.add(System.nanoTime() - start);
    }
  }

  private void write(byte[] frame) throws IOException {
    write(ByteBuffer.wrap(frame));
  }

  private void write(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Reads until that many frames have ended; returns how many did, which may be more. */
  private long readFrames(long least) throws IOException {
    long ended = 0;
    while (ended < least) {
      ended += readSome();
    }
    return ended;
  }

  private int readSome() throws IOException {
    int count = channel.read(input.clear());
    if (count < 0) {
      throw new IOException("the peer closed the connection");
    }
    input.flip().get(octets, 0, count);
    return Nuls.count(octets, 0, count);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
