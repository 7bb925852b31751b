package io.stompbox.testkit;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The client at the other end of one scripted connection. Reads and writes octets with its own few
 * lines, so that a fault of the codec can't hide itself.
 */
public final class Peer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PeerLink link;
  private final FrameReader reader;
  private final OutputStream output;

  Peer(PeerLink link) throws IOException {
    this(link, link.input(), link.output());
    link.patience(PATIENCE);
  }

  /** Talks over something that the link carries. */
  Peer(PeerLink link, InputStream input, OutputStream output) {
    this.link = link;
    this.reader = new FrameReader(input);
    this.output = output;
  }

  PeerLink link() {
    return link;
  }

  /** Expects CONNECT and answers CONNECTED without heart-beats; returns the CONNECT frame. */
  public Frame handshake(String version) {
    return handshake(version, "0,0");
  }

  /** Expects CONNECT and answers CONNECTED with a heart-beat header; returns the CONNECT frame. */
  public Frame handshake(String version, String heartBeat) {
    Frame connect = expect("CONNECT");
    send("CONNECTED\nversion:" + version + "\nheart-beat:" + heartBeat + "\n\n^@");
    reader.version(version);
    return connect;
  }

  /**
   * Does the {@link #handshake(String)}, expects SUBSCRIBE and confirms it; returns the SUBSCRIBE
   * frame, for {@link #message}.
   */
  public Frame subscribed(String version) {
    handshake(version);
    Frame subscribe = expect("SUBSCRIBE");
    receiptFor(subscribe);
    return subscribe;
  }

  /**
   * Waits for the next frame, skipping heart-beats.
   *
   * @throws AssertionError if it is another command, the client leaves, or none comes within 10 s
   */
  public Frame expect(String command) {
    Frame frame =
        next().orElseThrow(() -> new AssertionError("expected " + command + ", but it has left"));
    if (!frame.command().equals(Command.of(command))) {
      throw new AssertionError("expected " + command + ", but the client sent " + frame);
    }
    return frame;
  }

  /** Waits for the next frame, skipping heart-beats; empty if the client closes the connection. */
  public Optional<Frame> next() {
    try {
      return reader.next();
    } catch (IOException e) {
      throw new AssertionError("no frame came from the client: " + e.getMessage(), e);
    }
  }

  /** Waits for an end of line between frames: a heart-beat. */
  public void expectHeartBeat() {
    try {
      reader.expectEndOfLine();
    } catch (IOException e) {
      throw new AssertionError("no heart-beat came from the client: " + e.getMessage(), e);
    }
  }

  /** Waits for a while in which the client must not send an octet. */
  public void expectSilence(Duration time) {
    byte[] octet = new byte[1];
    try {
      Duration before = link.patience();
      patience(time);
      int read = readUnlessSilent(octet);
      patience(before);
      if (read != 0) {
        String came = read < 0 ? "the end" : "octet " + octet[0];
        throw new AssertionError("expected silence for " + time + ", but came " + came);
      }
    } catch (IOException e) {
      throw new AssertionError("expected silence, but the client has left: " + e.getMessage(), e);
    }
  }

  private int readUnlessSilent(byte[] octets) throws IOException {
    try {
      return reader.read(octets);
    } catch (SocketTimeoutException silent) {
      return 0;
    }
  }

  /** Waits until the client closes the connection, skipping what it still sends. */
  public void expectEnd() {
    while (next().isPresent()) {
      // What was under way does not matter.
    }
  }

  /** Passes over what comes up to a DISCONNECT, and gives that the receipt that it asks for. */
  void awaitDisconnect() {
    try {
      link.patience(Duration.ZERO);
      Optional<Frame> next = reader.next();
      while (next.isPresent() && !next.get().command().equals(Command.DISCONNECT)) {
        next = reader.next();
      }
      next.filter(frame -> frame.headers().has("receipt")).ifPresent(this::receiptFor);
    } catch (IOException | RuntimeException left) {
      // The script has closed the connection or made it carry something else, or the client left.
    }
  }

  /** Sends text as UTF-8, with {@code ^@} for NUL. */
  public void send(String text) {
    send(text.replace("^@", "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends octets. */
  public void send(byte[] octets) {
    try {
      output.write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException("the client does not take octets any more", e);
    }
  }

  /** Reads octets as they come; returns their number, or -1 if the client has left. */
  int read(byte[] buffer) throws IOException {
    return reader.read(buffer);
  }

  /** Sets how long to wait for an octet; 10 s unless set. */
  public void patience(Duration patience) {
    try {
      link.patience(patience);
    } catch (IOException e) {
      throw new UncheckedIOException("the client has left", e);
    }
  }

  /** Lets the client see the end of the stream; it may still send. */
  public void endOutput() {
    try {
      link.endOutput();
    } catch (IOException e) {
      throw new UncheckedIOException("the client has left", e);
    }
  }

  /** Sends the receipt that a frame asks for. */
  public void receiptFor(Frame frame) {
    send("RECEIPT\nreceipt-id:" + FrameReader.escape(frame.require("receipt")) + "\n\n^@");
  }

  /** Sends a message to the subscription that a SUBSCRIBE frame made. */
  public void message(Frame subscribe, String id, String body) {
    Headers headers = subscribe.headers();
    send(
        "MESSAGE\nsubscription:"
            + FrameReader.escape(headers.value("id").orElse(""))
            + "\nmessage-id:"
            + FrameReader.escape(id)
            + "\nack:"
            + FrameReader.escape(id)
            + "\ndestination:"
            + FrameReader.escape(headers.value("destination").orElse(""))
            + "\n\n"
            + body
            + "^@");
  }

  /** Resets the connection: the client sees an error, and octets under way are lost. */
  public void reset() {
    try {
      link.reset();
    } catch (IOException e) {
      throw new UncheckedIOException("the connection is gone already", e);
    }
  }

  /** Closes the connection in an orderly way. */
  @Override
  public void close() {
    try {
      link.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the connection", e);
    }
  }
}
