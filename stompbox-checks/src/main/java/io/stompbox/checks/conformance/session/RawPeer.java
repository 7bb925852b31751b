package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.WireFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a real connection: writes down what the client sends, and sends what a script
 * says. One connection at a time, on this machine.
 */
final class RawPeer implements AutoCloseable {
  private static final int READ_SIZE = 64 * 1024;

  private final Ledger ledger;
  private final ServerSocket server;
  private final Thread reader;

  /** The connection that is open. Guarded by this. */
  private @Nullable Socket socket;

  /** How many connections were accepted. Guarded by this. */
  private int accepted;

  /** How many frames had been written before the open connection was made. Guarded by this. */
  private int framesBefore;

  /** Whether the client of the open connection was sent anything. Guarded by this. */
  private boolean answered;

  /** How many connections to close as soon as they are accepted. Guarded by this. */
  private int failing;

  /** How many frames {@link #answerSubscribes} has looked at. Of the script's thread alone. */
  private int framesSeen;

  RawPeer(Ledger ledger) {
    this.ledger = ledger;
    try {
      server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::serve, "raw-peer");
    reader.setDaemon(true);
    reader.start();
  }

  int port() {
    return server.getLocalPort();
  }

  synchronized int accepted() {
    return accepted;
  }

  /** Whether a client has sent CONNECT and nobody has said anything to it. */
  synchronized boolean isWaitingForAnswer() {
    return socket != null && !answered && ledger.wire().frameCount() > framesBefore;
  }

  /** Closes this many connections without a word, the one that is open included. */
  void failNext(int number) {
    synchronized (this) {
      failing = socket == null ? number : number - 1;
    }
    end(Driver.ServerEnd.CLOSES);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket next = server.accept()) {
        if (take(next)) {
          read(next);
        }
      } catch (IOException e) {
        // The script or the client ended the connection, which is nothing to complain about.
        ledger.clientClosed();
      }
    }
  }

  private synchronized boolean take(Socket next) throws IOException {
    accepted++;
    if (failing > 0) {
      failing--;
      return false;
    }
    next.setTcpNoDelay(true);
    socket = next;
    answered = false;
    framesBefore = ledger.wire().frameCount();
    ledger.opened();
    return true;
  }

  private void read(Socket from) throws IOException {
    byte[] buffer = new byte[READ_SIZE];
    InputStream input = from.getInputStream();
    int read = input.read(buffer);
    while (read >= 0) {
      ledger.wire().write(Arrays.copyOf(buffer, read), millis());
      read = input.read(buffer);
    }
    ledger.clientClosed();
  }

  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  synchronized void send(byte[] octets) {
    answered = true;
    try {
      if (socket != null) {
        socket.getOutputStream().write(octets);
      }
    } catch (IOException e) {
      ledger.clientClosed();
    }
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The client asks for a receipt of each SUBSCRIBE, of which scripts know nothing. */
  void answerSubscribes() {
    for (WireFrame frame : ledger.wire().framesFrom(framesSeen)) {
      framesSeen++;
      if (frame.command().equals("SUBSCRIBE")) {
        frame
            .value("receipt")
            .ifPresent(receipt -> send("RECEIPT\nreceipt-id:" + receipt + "\n\n\0"));
      }
    }
  }

  synchronized void end(Driver.ServerEnd how) {
    try {
      if (socket != null) {
        if (how == Driver.ServerEnd.RESETS) {
          socket.setSoLinger(true, 0);
        }
        socket.close();
        socket = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ledger.serverClosed();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    end(Driver.ServerEnd.CLOSES);
    try {
      reader.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
