package io.stompbox.client.transport;

import io.stompbox.client.transport.MessageCutter.Message;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts octets into messages and sends them, and what the connection itself has to say. Nobody waits
 * for a writer that the broker holds up: a ping is answered by that writer later, and a close frame
 * is left out. Safe to share between threads.
 */
final class WebSocketWriter {
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int LONGEST_SHORT = 125;
  private static final int TWO_OCTETS_FOLLOW = 126;
  private static final int EIGHT_OCTETS_FOLLOW = 127;
  private static final int LONGEST_HEAD = 14;

  /** In octets; what is collected beyond is written. */
  private static final int FULL = 64 * 1024;

  private static final int FIRST_ROOM = 1024;

  /** The largest room that is kept: one message of the common length goes beyond what is full. */
  private static final int KEPT_ROOM = 4 * FULL;

  /** How long a close frame may take to be handed to the network. */
  private static final int CLOSE_MILLIS = 200;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Transport socket;
  private final MessageCutter cutter;
  private final MaskingKeys keys;
  private final ReentrantLock lock = new ReentrantLock();

  /** What the last ping had, if it was not answered yet. */
  private final AtomicReference<byte @Nullable []> pong = new AtomicReference<>();

  /** Frames that are put together, from 0 to {@link #size}. Guarded by lock. */
  private byte[] output = new byte[FIRST_ROOM];

  private int size;

  /** Whether a close frame was sent, behind which nothing goes. Guarded by lock. */
  private boolean closed;

  WebSocketWriter(Transport socket, WebSocketOptions options, SecureRandom random) {
    this.socket = socket;
    this.cutter = new MessageCutter(options);
    this.keys = new MaskingKeys(random);
  }

  /** Sends whole messages; a frame that has not ended may be held back until the rest comes. */
  void write(byte[] source, int offset, int length) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new SocketException("the WebSocket is closed");
      }
      ByteBuffer input = ByteBuffer.wrap(source, offset, length);
      for (Message message = cutter.next(input); message != null; message = cutter.next(input)) {
        add(message.isText() ? Opcode.TEXT : Opcode.BINARY, message.octets());
        if (size >= FULL) {
          flush();
        }
      }
      flush();
    } finally {
      lock.unlock();
    }
    answerPing();
  }

  /** Answers a ping, or lets who is writing do it; only the last of several is answered. */
  void pong(byte[] payload) throws IOException {
    pong.set(payload);
    answerPing();
  }

  private void answerPing() throws IOException {
    while (pong.get() != null && lock.tryLock()) {
      try {
        byte[] payload = pong.getAndSet(null);
        if (payload != null && !closed) {
          add(Opcode.PONG, ByteBuffer.wrap(payload));
          flush();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Sends a close frame if there is room for it; the transport below is closed if it hangs. */
  void close(int code) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (!closed) {
        closed = true;
        sendClose(code);
      }
    } finally {
      lock.unlock();
    }
  }

  private void sendClose(int code) {
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            socket::close,
            CompletableFuture.delayedExecutor(CLOSE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run));
    try {
      add(Opcode.CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) code).flip());
      flush();
    } catch (IOException ignored) {
      // The connection is gone already, which is what a close frame asks for.
    } finally {
      limit.cancel(false);
    }
  }

  private void add(Opcode opcode, ByteBuffer payload) {
    int length = payload.remaining();
    if (size + LONGEST_HEAD + length > output.length) {
      output = Arrays.copyOf(output, Math.max(size + LONGEST_HEAD + length, 2 * output.length));
    }
    int key = keys.next();
    ByteBuffer head = ByteBuffer.wrap(output, size, LONGEST_HEAD);
    head.put((byte) (LAST | opcode.code()));
    if (length <= LONGEST_SHORT) {
      head.put((byte) (MASKED | length));
    } else if (length < 1 << Short.SIZE) {
      head.put((byte) (MASKED | TWO_OCTETS_FOLLOW)).putShort((short) length);
    } else {
      head.put((byte) (MASKED | EIGHT_OCTETS_FOLLOW)).putLong(length);
    }
    int start = head.putInt(key).position();
    payload.get(output, start, length);
    mask(output, start, length, key);
    size = start + length;
  }

  /** As RFC 6455 wants it (section 5.3), eight octets at a time. */
  private static void mask(byte[] octets, int start, int length, int key) {
    long twice = (long) key << Integer.SIZE | Integer.toUnsignedLong(key);
    int i = start;
    for (; i <= start + length - Long.BYTES; i += Long.BYTES) {
      LONGS.set(octets, i, (long) LONGS.get(octets, i) ^ twice);
    }
    for (; i < start + length; i++) {
      octets[i] ^= (byte) (twice >>> (Long.SIZE - Byte.SIZE * ((i - start) % Long.BYTES + 1)));
    }
  }

  private void flush() throws IOException {
    int count = size;
    byte[] octets = output;
    size = 0;
    if (output.length > KEPT_ROOM) {
      output = new byte[FIRST_ROOM];
    }
    if (count > 0) {
      socket.write(octets, 0, count);
    }
  }
}
