package io.stompbox.bench.endtoend.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the end of a frame and the few headers that matter, and makes no object for it. One
 * instance looks at one frame after the other.
 */
final class ScannedFrame {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private byte[] octets = {};
  private int start;
  private int bodyFrom;
  private int bodyTo;
  private int length;
  private final Value receipt = new Value("receipt:");
  private final Value destination = new Value("destination:");
  private final Value id = new Value("id:");
  private final Value versions = new Value("accept-version:");
  private final Value contentLength = new Value("content-length:");

  /** A header's value in the octets; empty if the frame has none. */
  final class Value {
    private final byte[] name;
    private int from;
    private int to;

    Value(String name) {
      this.name = name.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean take(int lineFrom, int lineTo) {
      int end = lineFrom + name.length;
      boolean isIt = lineTo >= end && Arrays.equals(octets, lineFrom, end, name, 0, name.length);
      if (isIt) {
        from = end;
        to = lineTo;
      }
      return isIt;
    }

    boolean isPresent() {
      return to > from;
    }

    boolean is(byte[] other) {
      return Arrays.equals(octets, from, to, other, 0, other.length);
    }

    int from() {
      return from;
    }

    int size() {
      return to - from;
    }

    String text() {
      return new String(octets, from, to - from, StandardCharsets.US_ASCII);
    }

    private int number() {
      int number = 0;
      for (int i = from; i < to; i++) {
        number = number * 10 + octets[i] - '0';
      }
      return number;
    }
  }

  /** Looks for a frame; returns where it ends, behind its NUL, or -1 if it is not whole. */
  int scan(byte[] in, int from, int limit) {
    octets = in;
    start = from;
    forget();
    int line = lineEnd(from, limit);
    for (int next = line + 1; line >= 0; next = line + 1) {
      if (next >= limit) {
        return -1;
      }
      if (octets[next] == '\n' || octets[next] == '\r') {
        return body(octets[next] == '\n' ? next + 1 : next + 2, limit);
      }
      line = lineEnd(next, limit);
      if (line >= 0) {
        header(next, octets[line - 1] == '\r' ? line - 1 : line);
      }
    }
    return -1;
  }

  private void forget() {
    length = -1;
    for (Value value : new Value[] {receipt, destination, id, versions, contentLength}) {
      value.from = 0;
      value.to = 0;
    }
  }

  private void header(int from, int to) {
    switch (octets[from]) {
      case 'r' -> receipt.take(from, to);
      case 'd' -> destination.take(from, to);
      case 'i' -> id.take(from, to);
      case 'a' -> versions.take(from, to);
      case 'c' -> {
        if (contentLength.take(from, to)) {
          length = contentLength.number();
        }
      }
      default -> {}
    }
  }

  private int body(int from, int limit) {
    bodyFrom = from;
    if (length >= 0) {
      bodyTo = from + length;
      return bodyTo < limit ? bodyTo + 1 : -1;
    }
    for (int i = from; i < limit; i++) {
      if (octets[i] == 0) {
        bodyTo = i;
        return i + 1;
      }
    }
    return -1;
  }

  private int lineEnd(int from, int limit) {
    int i = from;
    for (; i <= limit - Long.BYTES; i += Long.BYTES) {
      long differs = (long) LONG.get(octets, i) ^ LINE_FEEDS;
      long found = (differs - ONES) & ~differs & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < limit; i++) {
      if (octets[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Whether the command begins with that. */
  boolean isCommand(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (octets[start + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  byte[] octets() {
    return octets;
  }

  int bodyFrom() {
    return bodyFrom;
  }

  int bodySize() {
    return bodyTo - bodyFrom;
  }

  Value receipt() {
    return receipt;
  }

  Value destination() {
    return destination;
  }

  Value id() {
    return id;
  }

  Value versions() {
    return versions;
  }
}
