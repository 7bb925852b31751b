package io.stompbox.client.transport;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket of this machine.
 *
 * <p>An interrupt would close a channel in the middle of a frame where it blocks. This one never
 * does: a selector waits for it, which an interrupt wakes, and the flag is kept for later.
 */
final class UnixTransport implements Transport {
  private final Path path;

  /** Both ways once it is open; null before. */
  private volatile @Nullable Open open;

  private volatile boolean closed;

  private record Open(SocketChannel channel, Selector readable, Selector writable) {
    static Open of(SocketChannel channel) throws IOException {
      channel.configureBlocking(false);
      Selector readable = Selector.open();
      Selector writable = Selector.open();
      channel.register(readable, SelectionKey.OP_READ);
      channel.register(writable, SelectionKey.OP_WRITE);
      return new Open(channel, readable, writable);
    }

    void close() throws IOException {
      channel.close();
      readable.close();
      writable.close();
    }
  }

  UnixTransport(Path path) {
    this.path = path;
  }

  /** The system answers at once, also when nobody listens; the limit is not needed. */
  @Override
  public void open(Duration limit) throws IOException {
    if (closed) {
      throw new SocketException("closed while connecting");
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(path))) {
        throw new IOException("the socket " + path + " takes no more connections at the moment");
      }
      open = Open.of(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException("the socket " + path + " can't be connected to: " + e.getMessage(), e);
    }
    if (closed) {
      close();
      throw new SocketException("closed while connecting");
    }
  }

  private interface Operation {
    /** Returns 0 if nothing can be done yet. */
    int attempt() throws IOException;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Open used = opened();
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    return untilSomething(used.readable(), () -> used.channel().read(buffer));
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Open used = opened();
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    while (buffer.hasRemaining()) {
      untilSomething(used.writable(), () -> used.channel().write(buffer));
    }
  }

  private static int untilSomething(Selector selector, Operation operation) throws IOException {
    boolean interrupted = false;
    try {
      int count = operation.attempt();
      while (count == 0) {
        interrupted |= Thread.interrupted();
        selector.select();
        selector.selectedKeys().clear();
        count = operation.attempt();
      }
      return count;
    } catch (ClosedChannelException | ClosedSelectorException e) {
      SocketException ended = new SocketException("the socket is closed");
      ended.initCause(e);
      throw ended;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Open opened() {
    Open used = open;
    if (used == null) {
      throw new IllegalStateException("the transport is not open");
    }
    return used;
  }

  @Override
  public boolean ignoresInterrupts() {
    return true;
  }

  @Override
  public void close() {
    closed = true;
    Open used = open;
    if (used != null) {
      try {
        used.close();
      } catch (IOException ignored) {
        // The descriptor is gone either way, and nobody can do more about it.
      }
    }
  }
}
