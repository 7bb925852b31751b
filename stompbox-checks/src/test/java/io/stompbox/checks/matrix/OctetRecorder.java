package io.stompbox.checks.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a loopback port, passes everything on to another port, both ways, and keeps the octets
 * that clients sent. Safe to share between threads.
 */
final class OctetRecorder implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  private OctetRecorder(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Listens on a free port. */
  static OctetRecorder to(int port) throws IOException {
    return between(0, port);
  }

  /** Listens on a port, or on a free one if it is 0. */
  static OctetRecorder between(int own, int port) throws IOException {
    OctetRecorder recorder =
        new OctetRecorder(new ServerSocket(own, 50, InetAddress.getLoopbackAddress()), port);
    recorder.start(recorder::accept);
    return recorder;
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections were made. */
  int connections() {
    return connections.get();
  }

  /** Returns what clients sent, an octet in each character. */
  String sent() {
    return sent.toString(ISO_8859_1);
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      connections.incrementAndGet();
      Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.addAll(List.of(client, broker));
      start(() -> pass(client, broker, sent));
      start(() -> pass(broker, client, null));
    }
  }

  private static void pass(Socket from, Socket to, @Nullable OutputStream copy) throws IOException {
    byte[] octets = new byte[4096];
    InputStream input = from.getInputStream();
    try {
      for (int count = input.read(octets); count >= 0; count = input.read(octets)) {
        if (copy != null) {
          copy.write(octets, 0, count);
        }
        to.getOutputStream().write(octets, 0, count);
      }
    } finally {
      to.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // One side has left, or the test is over.
              }
            },
            "octet-recorder");
    threads.add(thread);
    thread.start();
  }

  /** Waits until all threads have ended, so that everything that was sent is here. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
