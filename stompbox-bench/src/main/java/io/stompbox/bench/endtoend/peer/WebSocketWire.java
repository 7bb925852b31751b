package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WebSocket (RFC 6455) over a plain socket, as far as a client that keeps to it needs. */
final class WebSocketWire implements Wire {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final int BUFFER = 256 * 1024;

  /** Final, text. */
  private static final byte TEXT = (byte) 0x81;

  private static final int CLOSE = 8;
  private static final int TWO_OCTETS = 126;
  private static final int EIGHT_OCTETS = 127;
  private static final int LONGEST_HEAD = 14;

  private final Wire socket;

  /** What was read and not given out, from its position to its limit. */
  private final ByteBuffer input = ByteBuffer.allocate(BUFFER).limit(0);

  /** Octets of the payload that have not come. */
  private long left;

  private int mask;

  /** Which octet of the mask is next. */
  private int maskAt;

  /** Answers the upgrade. */
  WebSocketWire(Wire socket) throws IOException {
    this.socket = socket;
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      fill();
      request.append(StandardCharsets.ISO_8859_1.decode(input));
    }
    Matcher key = KEY.matcher(request);
    if (!key.find()) {
      throw new IOException("no upgrade to WebSocket: " + request);
    }
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: v12.stomp\r\nSec-WebSocket-Accept: "
            + accept(key.group(1))
            + "\r\n\r\n";
    socket.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String accept(String key) throws IOException {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IOException("no SHA-1", e);
    }
  }

  /** Adds what comes to the rest. */
  private void fill() throws IOException {
    input.compact();
    int count = socket.read(input.array(), input.position(), input.remaining());
    if (count < 0) {
      throw new IOException("the client closed the connection");
    }
    input.position(input.position() + count).flip();
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    while (left == 0) {
      if (!beginFrame()) {
        return -1;
      }
    }
    if (!input.hasRemaining()) {
      fill();
    }
    int count = take(to, from, most);
    // As much as one read of the socket has brought, so that its answers leave in one write too.
    while (left == 0 && count < most && hasHead() && !isClose() && beginFrame()) {
      count += take(to, from + count, most - count);
    }
    return count;
  }

  /** Takes what has come of the payload. */
  private int take(byte[] to, int from, int most) {
    int count = (int) Math.min(Math.min(left, most), input.remaining());
    input.get(to, from, count);
    for (int i = from; i < from + count; i++) {
      to[i] ^= (byte) (mask >>> (24 - 8 * (maskAt++ & 3)));
    }
    left -= count;
    return count;
  }

  private boolean isClose() {
    return (input.get(input.position()) & 0xf) == CLOSE;
  }

  private boolean hasHead() {
    return input.remaining() >= 2 && input.remaining() >= headSize();
  }

  /** Reads the head of a frame; false if it ends the connection. */
  private boolean beginFrame() throws IOException {
    while (!hasHead()) {
      fill();
    }
    int opcode = input.get() & 0xf;
    int length = input.get() & 0x7f;
    left =
        length == EIGHT_OCTETS
            ? input.getLong()
            : length == TWO_OCTETS ? input.getShort() & 0xffff : length;
    mask = input.getInt();
    maskAt = 0;
    return opcode != CLOSE;
  }

  private int headSize() {
    int length = input.get(input.position() + 1) & 0x7f;
    return length == EIGHT_OCTETS ? LONGEST_HEAD : length == TWO_OCTETS ? 8 : 6;
  }

  @Override
  public byte[] head(int size) {
    if (size < TWO_OCTETS) {
      return new byte[] {TEXT, (byte) size};
    }
    return size < 1 << 16
        ? ByteBuffer.allocate(4).put(TEXT).put((byte) TWO_OCTETS).putShort((short) size).array()
        : ByteBuffer.allocate(10).put(TEXT).put((byte) EIGHT_OCTETS).putLong(size).array();
  }

  /** One message for all of them. */
  @Override
  public void write(ByteBuffer frames) throws IOException {
    byte[] head = head(frames.remaining());
    socket.write(
        ByteBuffer.allocate(head.length + frames.remaining()).put(head).put(frames).flip());
  }

  @Override
  public void writeMade(ByteBuffer framesWithHeads) throws IOException {
    socket.write(framesWithHeads);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
