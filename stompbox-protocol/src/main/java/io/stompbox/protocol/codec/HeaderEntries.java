package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Headers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of one frame's headers; frames of one layout share the array of names. */
final class HeaderEntries {
  private static final int FIRST_CAPACITY = 16;
  private static final int[] NO_ENDS = {};

  private String[] names = new String[FIRST_CAPACITY];

  /** Whether a decoded frame holds {@link #names}, so that it must be copied before a change. */
  private boolean namesAreShared;

  /** A null value stands in {@link #text} as UTF-8. */
  private @Nullable String[] values = new String[FIRST_CAPACITY];

  private final Octets text = new Octets();

  /** Where in {@link #text} each value ends. */
  private int[] ends = new int[FIRST_CAPACITY];

  /** Whether a value stands in {@link #text}; that may be an empty one. */
  private boolean hasText;

  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    hasText = false;
    text.clear();
  }

  /** Adds an entry whose value is made of these octets, which are UTF-8, when it is asked for. */
  void add(String name, byte[] octets, int from, int to) {
    text.append(octets, from, to);
    hasText = true;
    put(name, null);
  }

  void add(String name, String value) {
    put(name, value);
  }

  private void put(String name, @Nullable String value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    if (size >= names.length || !name.equals(names[size])) {
      putName(name);
    }
    values[size] = value;
    ends[size] = text.size();
    size++;
  }

  private void putName(String name) {
    if (namesAreShared || size == names.length) {
      names = Arrays.copyOf(names, Math.max(names.length, values.length));
      namesAreShared = false;
    }
    names[size] = name;
  }

  /** Returns the entries; they stay as they are when this goes on to the next frame. */
  Headers toHeaders() {
    namesAreShared = true;
    return Headers.lazily(
        names,
        Arrays.copyOf(values, size),
        text.toArray(),
        hasText ? Arrays.copyOf(ends, size) : NO_ENDS);
  }
}
