package io.stompbox.client.transport;

import io.stompbox.client.transport.WebSocketOptions.FrameEnd;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a broker as one stream of octets. A few parts of messages wait here for the
 * reader; the JDK is asked for another when one has been read, so that a slow reader slows the
 * broker down.
 */
final class IncomingMessages implements WebSocket.Listener {
  /** How many parts may wait; the JDK makes them of at most 16 KiB. */
  static final int WINDOW = 8;

  private static final int NORMAL = 1000;
  private static final int NO_CODE = 1005;
  private static final byte[] NUL = {0};

  private final FrameEnd frameEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Where to ask for more. */
  private volatile @Nullable WebSocket source;

  /** What waits for the reader. Guarded by lock. */
  private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>();

  /** What comes behind the parts; null while it is open. Guarded by lock. */
  private @Nullable End end;

  /** Whether the text message that comes has begun a frame. Touched by the JDK's callbacks only. */
  private boolean inFrame;

  /** The end of the stream, after a failure if there is one. */
  private record End(@Nullable IOException failure) {}

  IncomingMessages(FrameEnd frameEnd) {
    this.frameEnd = frameEnd;
  }

  @Override
  public void onOpen(WebSocket opened) {
    source = opened;
    if (failure() == null) {
      opened.request(WINDOW);
    } else {
      opened.abort();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    put(from, frameEnd == FrameEnd.NUL ? octets : withEnd(octets, last));
    return null;
  }

  private byte[] withEnd(byte[] octets, boolean last) {
    for (byte octet : octets) {
      inFrame = octet != 0 && (inFrame || (octet != '\n' && octet != '\r'));
    }
    if (!last || !inFrame) {
      return octets;
    }
    inFrame = false;
    return ByteBuffer.allocate(octets.length + 1).put(octets).put(NUL).array();
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] octets = new byte[data.remaining()];
    data.get(octets);
    put(from, octets);
    return null;
  }

  private void put(WebSocket from, byte[] octets) {
    if (octets.length == 0) {
      from.request(1);
      return;
    }
    lock.lock();
    try {
      if (end == null) {
        parts.add(ByteBuffer.wrap(octets));
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A close without a word is an orderly end, as of a TCP connection; the rest has a reason. */
  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    boolean orderly = (code == NORMAL || code == NO_CODE) && reason.isEmpty();
    end(new End(orderly ? null : new WebSocketClosedException(code, reason)));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    String hint =
        error instanceof ProtocolException && String.valueOf(error.getCause()).contains("UTF")
            ? "; RabbitMQ sends text that is not UTF-8 unless web_stomp.ws_frame is binary"
            : "";
    end(new End(new IOException("the WebSocket failed: " + text(error) + hint, error)));
  }

  private static String text(Throwable error) {
    Throwable cause = error.getCause();
    return String.valueOf(error.getMessage() == null && cause != null ? cause : error);
  }

  /** Ends the stream for the reader, whatever still waits to be read. */
  void close() {
    lock.lock();
    try {
      parts.clear();
      end(new End(new SocketException("the transport is closed")));
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the connection, even of one that opens while nobody waits for it any more. */
  void abort() {
    WebSocket open = source;
    if (open != null) {
      open.abort();
    }
  }

  private void end(End reason) {
    lock.lock();
    try {
      if (end == null) {
        end = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing more comes; null if something may, or the end was orderly. */
  @Nullable IOException failure() {
    lock.lock();
    try {
      return end == null ? null : end.failure();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for octets and reads some; returns -1 at an orderly end. */
  int read(byte[] target, int offset, int length) throws IOException {
    int count;
    boolean partIsRead;
    lock.lock();
    try {
      while (parts.isEmpty() && end == null) {
        changed.await();
      }
      ByteBuffer part = parts.peek();
      if (part == null) {
        return atEnd();
      }
      count = Math.min(length, part.remaining());
      part.get(target, offset, count);
      partIsRead = !part.hasRemaining() && parts.poll() != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the broker");
    } finally {
      lock.unlock();
    }
    WebSocket open = source;
    if (partIsRead && open != null) {
      open.request(1);
    }
    return count;
  }

  private int atEnd() throws IOException {
    IOException failure = failure();
    if (failure != null) {
      throw failure;
    }
    return -1;
  }
}
