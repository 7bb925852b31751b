package io.stompbox.checks.conformance.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The kinds of buffers that the codec meets. */
public enum Memory {
  /** Inside a larger array, so that a wrong offset or limit meets octets that break a frame. */
  HEAP {
    @Override
    ByteBuffer holding(byte[] octets) {
      byte[] array = new byte[octets.length + 2 * MARGIN];
      Arrays.fill(array, (byte) '\n');
      System.arraycopy(octets, 0, array, MARGIN, octets.length);
      return ByteBuffer.wrap(array, 1, array.length - 1)
          .slice()
          .position(MARGIN - 1)
          .limit(MARGIN - 1 + octets.length);
    }

    @Override
    ByteBuffer room(int size) {
      return holding(new byte[size]);
    }
  },
  /** Outside of the heap, where there is no array. */
  DIRECT {
    @Override
    ByteBuffer holding(byte[] octets) {
      return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
    }

    @Override
    ByteBuffer room(int size) {
      return ByteBuffer.allocateDirect(size + MARGIN).position(MARGIN);
    }
  };

  private static final int MARGIN = 5;

  /** Returns a buffer whose remaining octets are these. */
  abstract ByteBuffer holding(byte[] octets);

  /** Returns a buffer with this much room, whose position is not 0. */
  abstract ByteBuffer room(int size);

  /** Overwrites what was read, as the next read from a socket does. */
  static void reuse(ByteBuffer buffer) {
    for (int i = 0; i < buffer.limit(); i++) {
      buffer.put(i, (byte) '#');
    }
  }
}
