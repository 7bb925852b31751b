package io.stompbox.checks.fuzz;

import java.nio.ByteBuffer;

/** One buffer outside of the heap for all: making one takes longer than what is tried with it. */
final class DirectMemory {
  private static ByteBuffer memory = ByteBuffer.allocateDirect(1 << 16);

  private DirectMemory() {}

  /** Returns room for this many octets, which was lent to others before. */
  static ByteBuffer room(int size) {
    if (memory.capacity() < size) {
      memory = ByteBuffer.allocateDirect(2 * size);
    }
    return memory.clear().limit(size);
  }
}
