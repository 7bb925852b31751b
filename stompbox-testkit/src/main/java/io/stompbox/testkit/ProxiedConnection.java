package io.stompbox.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection through a {@link FaultProxy}: two sockets, and a stream each way between them. */
final class ProxiedConnection {
  private final Socket client;
  private final Socket broker;
  private final FaultyOutput toClient;
  private final FaultyOutput toBroker;
  private final FaultyStream up;
  private final FaultyStream down;

  /** Streams that have not come to their end. */
  private final AtomicInteger open = new AtomicInteger(2);

  ProxiedConnection(Socket client, Socket broker) throws IOException {
    this.client = client;
    this.broker = broker;
    this.toClient = new FaultyOutput(client);
    this.toBroker = new FaultyOutput(broker);
    this.up = new FaultyStream(this, client.getInputStream(), toBroker);
    this.down = new FaultyStream(this, broker.getInputStream(), toClient);
  }

  FaultyStream up() {
    return up;
  }

  FaultyStream down() {
    return down;
  }

  boolean isOpen() {
    return !client.isClosed();
  }

  /** Runs a stream; its end is passed on, a fault ends the connection. */
  void run(FaultyStream stream) {
    try {
      stream.run();
      if (open.decrementAndGet() == 0) {
        close();
      } else {
        (stream == up ? toBroker : toClient).halfClose();
      }
    } catch (IOException gone) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** Resets both sides. */
  void reset() {
    for (Socket socket : List.of(client, broker)) {
      try {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException gone) {
        // It is closed already, which is what was wanted.
      }
    }
    close();
  }

  /** Closes both sides. */
  void close() {
    toClient.end();
    toBroker.end();
    for (Socket socket : List.of(client, broker)) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // A socket that can't be closed is closed.
      }
    }
  }
}
