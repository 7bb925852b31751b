package io.stompbox.client;

import io.stompbox.protocol.frame.Body;

/**
 * Turns values into bodies and back: the seam for JSON and whatever else a program sends. What it
 * throws comes out of {@link Outgoing#body} and {@link Delivery#as}. Must be safe to share between
 * threads if the program shares it.
 *
 * @param <T> the type of the values
 */
public interface BodyCodec<T> {
  /** What goes into the header content-type, for example {@code application/json}. */
  String contentType();

  /** Returns the octets of a value. */
  Body encode(T value);

  /**
   * Returns the value of a message; its headers are there as well, content-type among them. {@link
   * Delivery#stream} reads the body wherever it is, {@link Delivery#body} only what is in memory.
   */
  T decode(Delivery delivery);
}
