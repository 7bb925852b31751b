package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a connection's octets go through. One thread reads; writes are made one at a time. */
interface Wire extends AutoCloseable {
  /** Reads octets of STOMP; returns how many came, at least one, or -1 at the end. */
  int read(byte[] to, int from, int most) throws IOException;

  /** Writes whole frames of STOMP. */
  void write(ByteBuffer frames) throws IOException;

  /** Returns what has to stand before a frame of that size for {@link #writeMade}. */
  default byte[] head(int size) {
    return new byte[0];
  }

  /** Writes frames that have their heads before them. */
  default void writeMade(ByteBuffer framesWithHeads) throws IOException {
    write(framesWithHeads);
  }

  @Override
  void close() throws IOException;
}
