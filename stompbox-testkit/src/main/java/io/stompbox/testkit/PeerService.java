package io.stompbox.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Moves octets between a client and a {@link QueueBroker}, with a thread for each direction. */
final class PeerService {
  private static final int BUFFER = 64 * 1024;

  /** How long to wait for a client to leave after the session is over. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Peer peer;
  private final BrokerConnection connection;
  private final Semaphore outputReady = new Semaphore(0);

  /** Whether nothing can be written any more. Guarded by this. */
  private boolean writerGone;

  PeerService(Peer peer, QueueBroker broker) {
    this.peer = peer;
    this.connection = broker.connect(System.nanoTime(), outputReady::release);
  }

  void run() throws InterruptedException {
    peer.patience(LINGER);
    Thread writer = new Thread(this::write, "stompbox-queue-writer");
    writer.setDaemon(true);
    writer.start();
    try {
      read();
    } finally {
      connection.lost();
      writer.join();
      peer.close();
    }
  }

  /** Reads until the client leaves; what it sends after the end of its session is dropped. */
  private void read() throws InterruptedException {
    byte[] buffer = new byte[BUFFER];
    try {
      int size = 0;
      while (size >= 0) {
        size = readNext(buffer);
        if (size > 0) {
          connection.receive(ByteBuffer.wrap(buffer, 0, size), System.nanoTime());
          awaitRoom();
        }
      }
    } catch (IOException gone) {
      // The client has left, or somebody closed the peer: in both cases there is no more to read.
    }
  }

  /** Returns the number of octets, 0 if none came for a while, or -1 at the end. */
  private int readNext(byte[] buffer) throws IOException {
    try {
      return peer.read(buffer);
    } catch (SocketTimeoutException silent) {
      return connection.isOver() ? -1 : 0;
    }
  }

  /** A client that does not read its receipts must not fill the memory. */
  private synchronized void awaitRoom() throws InterruptedException {
    while (!writerGone && !connection.hasRoom()) {
      wait();
    }
  }

  private void write() {
    try {
      boolean over = false;
      while (!over) {
        over = connection.isOver();
        byte[] octets = connection.takeOutput(System.nanoTime());
        signalRoom();
        if (octets.length > 0) {
          peer.send(octets);
        } else if (!over) {
          awaitOutput();
        }
      }
      peer.endOutput();
    } catch (UncheckedIOException | InterruptedException gone) {
      // The reader finds out by itself.
    } finally {
      signalWriterGone();
    }
  }

  private synchronized void signalRoom() {
    notifyAll();
  }

  private synchronized void signalWriterGone() {
    writerGone = true;
    notifyAll();
  }

  private void awaitOutput() throws InterruptedException {
    long nanos = connection.nanosUntilDue(System.nanoTime());
    if (outputReady.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      outputReady.drainPermits();
    }
    connection.tick(System.nanoTime());
  }
}
