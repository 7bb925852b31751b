package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.Headers.LazyValues;
import java.util.Arrays;

/** Collects the entries of one frame's headers. */
final class HeaderEntries {
  private static final int FIRST_CAPACITY = 16;

  private String[] names = new String[FIRST_CAPACITY];
  private String[] values = new String[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void add(String name, String value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    names[size] = name;
    values[size] = value;
    size++;
  }

  Headers toHeaders() {
    return Headers.lazily(Arrays.copyOf(names, size), Arrays.copyOf(values, size), LazyValues.NONE);
  }
}
