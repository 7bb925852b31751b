package io.stompbox.testkit;

import io.stompbox.protocol.frame.Body;
import io.stompbox.testkit.WebSocketFrame.Opcode;
import io.stompbox.testkit.WebSocketMessage.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client at the other end of one scripted WebSocket. It does nothing by itself: pings and close
 * frames are skipped, not answered.
 *
 * <pre>{@code
 * broker.onConnection(
 *     peer -> {
 *       WebSocketPeer client = WebSocketPeer.of(peer).accept("v12.stomp");
 *       client.stomp().handshake("1.2");
 *       client.sendClose(1008, "policy");
 *     });
 * StompClient.connect("ws://127.0.0.1:" + broker.port());
 * }</pre>
 */
public final class WebSocketPeer {
  private final PeerLink link;
  private final DataInputStream input;
  private final WebSocketUpgrade upgrade;

  private WebSocketPeer(PeerLink link) throws IOException {
    this.link = link;
    this.input = new DataInputStream(link.input());
    this.upgrade = WebSocketUpgrade.read(input);
  }

  /**
   * Reads the upgrade request of a client that has sent nothing else.
   *
   * @throws AssertionError if it sends no such request
   */
  public static WebSocketPeer of(Peer peer) {
    try {
      return new WebSocketPeer(peer.link());
    } catch (IOException e) {
      throw new AssertionError("the client sent no upgrade request: " + e.getMessage(), e);
    }
  }

  /** The path of the upgrade request, as it was sent. */
  public String path() {
    return upgrade.path();
  }

  /** A header of the upgrade request; its name ignores case. */
  public Optional<String> header(String name) {
    return upgrade.header(name);
  }

  /** The sub-protocols that the client offers, in its order. */
  public List<String> offers() {
    return upgrade.offers();
  }

  /**
   * Opens the WebSocket.
   *
   * @param subProtocol which one is selected; null selects none
   */
  public WebSocketPeer accept(@Nullable String subProtocol) {
    write(upgrade.acceptance(subProtocol));
    return this;
  }

  /** Answers the upgrade request with an HTTP status instead of a WebSocket. */
  public void refuse(int status) {
    write(WebSocketUpgrade.refusal(status));
  }

  /**
   * Returns the STOMP side of it. Frames are read from all messages that come, and what is sent at
   * once is one message: text if it is UTF-8, else binary.
   */
  public Peer stomp() {
    return new Peer(link, new MessageInput(), new MessageOutput());
  }

  /**
   * Waits for the next message; empty if the client sends a close frame or closes the connection.
   *
   * @throws AssertionError if none comes within 10 s, or what comes is no WebSocket
   */
  public Optional<WebSocketMessage> next() {
    try {
      Optional<WebSocketFrame> first = nextOfMessage();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      WebSocketFrame frame = first.get();
      payload.writeBytes(frame.payload().toBytes());
      while (!frame.last()) {
        frame = nextOfMessage().orElseThrow(() -> new IOException("it has left within a message"));
        payload.writeBytes(frame.payload().toBytes());
      }
      Kind kind = first.get().opcode() == Opcode.TEXT ? Kind.TEXT : Kind.BINARY;
      return Optional.of(new WebSocketMessage(kind, Body.of(payload.toByteArray())));
    } catch (IOException e) {
      throw new AssertionError("no message came from the client: " + e.getMessage(), e);
    }
  }

  private Optional<WebSocketFrame> nextOfMessage() throws IOException {
    Optional<WebSocketFrame> frame = WebSocketFrame.read(input);
    while (frame.isPresent() && frame.get().opcode().isControl()) {
      if (frame.get().opcode() == Opcode.CLOSE) {
        return Optional.empty();
      }
      frame = WebSocketFrame.read(input);
    }
    return frame;
  }

  /** Waits for the answer to a ping, skipping what comes before it; returns its octets. */
  public byte[] expectPong() {
    return expect(Opcode.PONG);
  }

  /** Waits for a close frame, skipping what comes before it; returns its code, or 1005 for none. */
  public int expectClose() {
    byte[] payload = expect(Opcode.CLOSE);
    return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort();
  }

  private byte[] expect(Opcode opcode) {
    try {
      Optional<WebSocketFrame> frame = WebSocketFrame.read(input);
      while (frame.isPresent() && frame.get().opcode() != opcode) {
        frame = WebSocketFrame.read(input);
      }
      return frame
          .orElseThrow(() -> new AssertionError("expected " + opcode + ", but the client has left"))
          .payload()
          .toBytes();
    } catch (IOException e) {
      throw new AssertionError("no " + opcode + " came from the client: " + e.getMessage(), e);
    }
  }

  /** Sends a message. */
  public void send(WebSocketMessage message) {
    send(message, Integer.MAX_VALUE);
  }

  /** Sends a message in fragments of at most so many octets. */
  public void send(WebSocketMessage message, int fragment) {
    byte[] octets = message.payload().toBytes();
    Opcode opcode = message.kind() == Kind.TEXT ? Opcode.TEXT : Opcode.BINARY;
    int from = 0;
    boolean last;
    do {
      int to = from + Math.min(fragment, octets.length - from);
      last = to == octets.length;
      write(last, opcode, Arrays.copyOfRange(octets, from, to));
      opcode = Opcode.CONTINUATION;
      from = to;
    } while (!last);
  }

  /** Sends a ping, which may stand between fragments. */
  public void sendPing(byte[] octets) {
    write(true, Opcode.PING, octets);
  }

  /** Sends a close frame with a code and a reason, and leaves the connection as it is. */
  public void sendClose(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
    write(true, Opcode.CLOSE, payload);
  }

  private void write(boolean last, Opcode opcode, byte[] payload) {
    write(new WebSocketFrame(last, opcode, Body.of(payload)).octets());
  }

  private void write(byte[] octets) {
    try {
      link.output().write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException("the client does not take octets any more", e);
    }
  }

  private static boolean isUtf8(byte[] octets) {
    byte[] again = new String(octets, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(octets, again);
  }

  /** All messages of the client as one stream. */
  private final class MessageInput extends InputStream {
    private ByteBuffer rest = ByteBuffer.allocate(0);

    @Override
    public int read() {
      while (!rest.hasRemaining()) {
        Optional<WebSocketMessage> next = next();
        if (next.isEmpty()) {
          return -1;
        }
        rest = ByteBuffer.wrap(next.get().payload().toBytes());
      }
      return Byte.toUnsignedInt(rest.get());
    }

    /** Returns one octet only, since waiting for more would keep back what has come. */
    @Override
    public int read(byte[] target, int offset, int length) {
      int octet = length == 0 ? 0 : read();
      if (octet < 0 || length == 0) {
        return octet;
      }
      target[offset] = (byte) octet;
      return 1;
    }
  }

  /** Makes one message of each write. */
  private final class MessageOutput extends OutputStream {
    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      byte[] range = Arrays.copyOfRange(octets, offset, offset + length);
      Kind kind = isUtf8(range) ? Kind.TEXT : Kind.BINARY;
      send(new WebSocketMessage(kind, Body.of(range)));
    }
  }
}
