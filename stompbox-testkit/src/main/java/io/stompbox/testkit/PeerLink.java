package io.stompbox.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;

/** What a scripted broker's side of a connection is made of. */
sealed interface PeerLink {
  InputStream input() throws IOException;

  OutputStream output() throws IOException;

  /** Sets how long reading waits for an octet. */
  void patience(Duration limit) throws IOException;

  /** How long reading waits for an octet. */
  Duration patience() throws IOException;

  /** Lets the client see the end of the stream; it may still send. */
  void endOutput() throws IOException;

  /** Lets both sides fail. */
  void reset() throws IOException;

  /** Ends it in an orderly way. */
  void close() throws IOException;

  /** A socket. */
  record OverSocket(Socket socket) implements PeerLink {
    @Override
    public InputStream input() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void patience(Duration limit) throws IOException {
      socket.setSoTimeout((int) limit.toMillis());
    }

    @Override
    public Duration patience() throws IOException {
      return Duration.ofMillis(socket.getSoTimeout());
    }

    @Override
    public void endOutput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Two pipes. */
  record InMemory(Pipe toClient, Pipe toBroker) implements PeerLink {
    @Override
    public InputStream input() {
      return toBroker.input();
    }

    @Override
    public OutputStream output() {
      return toClient.output();
    }

    @Override
    public void patience(Duration limit) {
      toBroker.patience(limit);
    }

    @Override
    public Duration patience() {
      return toBroker.patience();
    }

    @Override
    public void endOutput() {
      toClient.end();
    }

    @Override
    public void reset() {
      // In this order, as whoever reads of the reset must not be able to write any more.
      toBroker.breakOff();
      toClient.breakOff();
    }

    @Override
    public void close() {
      toClient.end();
      toBroker.breakOff();
    }
  }
}
