package io.stompbox.bench.codec;

/** How much of a decoded frame the program uses. */
public enum Depth {
  /** Three headers as Strings, the body's length, and its first and last octet: a consumer. */
  USE,
  /** Every header as Strings, and the body as an array of its own: a bridge. */
  FULL
}
