package io.stompbox.checks.interop;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.stompbox.checks.invariants.FrameTap;
import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Sits between a client and its sockets, takes note of the frames that pass, and can make the
 * client deaf or keep it from connecting. Safe to share between threads.
 */
final class WireTap implements TransportFactory {
  private final Version version;
  private TransportFactory transports = TransportFactory.sockets();
  private final List<Wire> wires = new CopyOnWriteArrayList<>();

  /** Connecting waits for it. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  WireTap(Version version) {
    this.version = version;
  }

  /** Lets it sit on other transports than sockets; before anybody connects. */
  WireTap over(TransportFactory others) {
    transports = others;
    return this;
  }

  /** Keeps the client from connecting again until {@link #openGate()}. */
  void shutGate() {
    gate = new CountDownLatch(1);
  }

  void openGate() {
    gate.countDown();
  }

  /** Swallows what the broker says from now on, on the connections there are. */
  void deafen() {
    wires.forEach(wire -> wire.deaf = true);
  }

  /** Returns the connections that the broker accepted, in order. */
  List<Wire> wires() {
    return wires.stream().filter(wire -> !wire.received(Command.CONNECTED).isEmpty()).toList();
  }

  @Override
  public Transport create(BrokerAddress address) {
    Wire wire = new Wire(transports.create(address));
    wires.add(wire);
    return wire;
  }

  /** One physical connection. */
  final class Wire implements Transport {
    private final Transport transport;
    private final Notes sent = new Notes();
    private final Notes received = new Notes();
    private volatile boolean deaf;

    private Wire(Transport transport) {
      this.transport = transport;
    }

    /** Returns the frames of this command that the client sent. */
    List<Frame> sent(Command command) {
      return sent.of(command);
    }

    /** Returns the frames of this command that the client received. */
    List<Frame> received(Command command) {
      return received.of(command);
    }

    /** Returns the commands that the client sent, in order. */
    List<Command> commandsSent() {
      return List.copyOf(sent.frames).stream().map(Frame::command).toList();
    }

    @Override
    public void open(Duration limit) throws IOException {
      try {
        if (!gate.await(limit.toNanos(), NANOSECONDS)) {
          throw new IOException("the gate stayed shut for " + limit);
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      transport.open(limit);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = transport.read(target, offset, length);
      while (deaf && count >= 0) {
        count = transport.read(target, offset, length);
      }
      if (count > 0) {
        received.tap.take(target, offset, count);
      }
      return count;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      sent.tap.take(source, offset, length);
      transport.write(source, offset, length);
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  /** The frames that went in one direction. Written by one thread, read by others. */
  private final class Notes {
    private final List<Frame> frames = Collections.synchronizedList(new ArrayList<>());
    private final FrameTap tap = new FrameTap(version, frames::add);

    List<Frame> of(Command command) {
      return List.copyOf(frames).stream().filter(frame -> frame.command().equals(command)).toList();
    }
  }
}
