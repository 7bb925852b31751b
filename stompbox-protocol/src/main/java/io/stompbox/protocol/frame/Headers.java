package io.stompbox.protocol.frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a frame in their order, escapes undone. A name may repeat; the first entry of a
 * name is the one in force, later ones are history (STOMP 1.2, "Repeated Header Entries"). Names
 * are case-sensitive. Immutable and safe to share between threads.
 */
public final class Headers implements Iterable<Header> {
  private static final Headers EMPTY =
      new Headers(new String[0], new String[0], 0, LazyValues.NONE);

  /**
   * Secrets wear these names in STOMP 1.x and in what brokers and proxies add to it, alone or
   * behind a hyphen: {@code x-authorization}, {@code access-token}.
   */
  private static final Set<String> SECRETS =
      Set.of("passcode", "password", "authorization", "token", "secret", "api-key");

  private static final String HIDDEN = "***";

  /** May be longer than {@link #size}: frames of one layout share it. */
  private final String[] names;

  /** A null entry is still octets in {@link #lazy}. Frames of one layout share this one too. */
  private final @Nullable String[] values;

  private final int size;

  private final LazyValues lazy;

  /**
   * The values that were made of octets, by slot; null until there is one. Two threads may both
   * make one; they make equal ones, and a String is safe however it is published.
   */
  private @Nullable String @Nullable [] made;

  private Headers(String[] names, @Nullable String[] values, int size, LazyValues lazy) {
    this.names = names;
    this.values = values;
    this.size = size;
    this.lazy = lazy;
  }

  /**
   * For decoders: values that are still UTF-8 octets, and become text when they are first asked
   * for. The arrays are kept, and must not change.
   *
   * @param slots for each entry whose value is such octets, which of them; may be shared
   * @param octets what holds them
   * @param ranges by slot, where the octets start, and where they end
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared: this only carries arguments.
  public record LazyValues(int[] slots, byte[] octets, int[] ranges) {
    /** No value is. */
    public static final LazyValues NONE = new LazyValues(new int[0], new byte[0], new int[0]);
  }

  /** Returns headers without an entry. */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Returns headers from names and values in turn.
   *
   * @throws IllegalArgumentException if a value is missing at the end or a name is empty
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values must come in pairs, but the last of "
              + namesAndValues.length
              + " has no partner: "
              + namesAndValues[namesAndValues.length - 1]);
    }
    Builder builder = new Builder(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /**
   * Returns headers with one entry.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public static Headers of(String name, String value) {
    return new Builder(1).add(name, value).build();
  }

  /** Returns headers from a map, in its order. */
  public static Headers of(Map<String, String> map) {
    Builder builder = new Builder(map.size());
    map.forEach(builder::add);
    return builder.build();
  }

  /**
   * For decoders: returns headers that keep the given arrays, without copying or checking them.
   *
   * @param names at least as many as values; may be shared between frames
   * @param values null for an entry that stands in {@code lazy}; may be shared between frames
   */
  public static Headers lazily(String[] names, @Nullable String[] values, LazyValues lazy) {
    return values.length == 0 ? EMPTY : new Headers(names, values, values.length, lazy);
  }

  /** Returns a builder without entries. */
  public static Builder builder() {
    return new Builder(Builder.MORE);
  }

  /** Returns equal headers that hold nothing of anybody else's, such as the octets of an input. */
  public Headers copied() {
    return toBuilder().build();
  }

  /** Returns a builder with these entries. */
  public Builder toBuilder() {
    return toBuilder(size + Builder.MORE);
  }

  /**
   * Returns headers with one more entry, at the end. An earlier one of this name stays in force.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public Headers with(String name, String value) {
    return toBuilder(size + 1).add(name, value).build();
  }

  private Builder toBuilder(int capacity) {
    Builder builder = new Builder(capacity);
    for (int i = 0; i < size; i++) {
      builder.add(names[i], value(i));
    }
    return builder;
  }

  /** The number of entries, repeated ones included. */
  public int size() {
    return size;
  }

  /** Returns the name of the entry at {@code index}, from 0 to {@link #size()} - 1. */
  public String name(int index) {
    return names[checked(index)];
  }

  /** Returns the value of the entry at {@code index}, from 0 to {@link #size()} - 1. */
  public String value(int index) {
    String value = values[checked(index)];
    return value != null ? value : lazyValue(lazy.slots[index]);
  }

  private String lazyValue(int slot) {
    @Nullable String[] known = made;
    if (known == null) {
      known = new String[lazy.ranges.length / 2];
      made = known;
    }
    String value = known[slot];
    if (value == null) {
      int start = lazy.ranges[2 * slot];
      int length = lazy.ranges[2 * slot + 1] - start;
      value = new String(lazy.octets, start, length, StandardCharsets.UTF_8);
      known[slot] = value;
    }
    return value;
  }

  /** Returns the value in force for {@code name}: its first; null if there is none. */
  public @Nullable String get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : value(index);
  }

  /** Returns the value in force for {@code name}: its first; empty if there is none. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(get(name));
  }

  /** Returns all values of {@code name} in order; the first is the one in force. */
  public List<String> values(String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (names[i].equals(name)) {
        found.add(value(i));
      }
    }
    return found;
  }

  /** Whether there is an entry of this name. */
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** Returns the names and the values in force, in order of first appearance. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    forEach(header -> map.putIfAbsent(header.name(), header.value()));
    return map;
  }

  @Override
  public Iterator<Header> iterator() {
    return new Entries();
  }

  private int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private int checked(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("header " + index + " of " + size);
    }
    return index;
  }

  /** Whether values of this header must not be shown. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRETS.contains(lower)
        || SECRETS.stream().anyMatch(secret -> lower.endsWith("-" + secret));
  }

  /**
   * Returns headers for the eyes of others: the values of secrets, and those of {@code login}, are
   * {@code ***}. Without such a header these are returned themselves.
   */
  public Headers masked() {
    for (int i = 0; i < size; i++) {
      if (isMasked(names[i])) {
        Builder builder = new Builder(size);
        forEach(
            header ->
                builder.add(header.name(), isMasked(header.name()) ? HIDDEN : header.value()));
        return builder.build();
      }
    }
    return this;
  }

  private static boolean isMasked(String name) {
    return name.equals("login") || isSecret(name);
  }

  /** Returns a value as it may be shown. */
  static String shown(String name, String value) {
    return isSecret(name) ? HIDDEN : value;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Headers headers) || headers.size() != size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!names[i].equals(headers.names[i]) || !value(i).equals(headers.value(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (Header header : this) {
      hash = 31 * hash + header.hashCode();
    }
    return hash;
  }

  /** Shows all entries; values of headers that carry secrets are {@code ***}. */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    forEach(header -> shown.add(header.toString()));
    return shown.toString();
  }

  private final class Entries implements Iterator<Header> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Header next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are " + size() + " headers");
      }
      Header header = new Header(name(next), value(next));
      next++;
      return header;
    }
  }

  /** Collects entries for {@link Headers}. Not safe to share between threads. */
  public static final class Builder {
    /** Room for the headers of most frames. */
    private static final int MORE = 12;

    private String[] names;
    private String[] values;
    private int size;

    /** Whether headers hold the arrays, so that they must be copied before a change. */
    private boolean isBuilt;

    private Builder(int capacity) {
      names = new String[capacity];
      values = new String[capacity];
    }

    /**
     * Adds an entry at the end. If the name is there already, the earlier entry stays in force.
     *
     * @throws IllegalArgumentException if the name is empty
     * @throws NullPointerException if name or value is null
     */
    public Builder add(String name, String value) {
      if (name.isEmpty()) {
        throw new IllegalFrameException(
            IllegalFrameException.Reason.EMPTY_HEADER_NAME,
            "a header name must not be empty; its value is " + new Header(name, value));
      }
      if (isBuilt || size == names.length) {
        copyArrays();
      }
      names[size] = name;
      values[size] = nonNull(name, value);
      size++;
      return this;
    }

    /** Adds an entry whose value is the number's decimal text. */
    public Builder add(String name, long value) {
      return add(name, Long.toString(value));
    }

    /** Adds an entry at the end, unless the value is null. */
    public Builder addIfPresent(String name, @Nullable String value) {
      return value == null ? this : add(name, value);
    }

    /**
     * Adds an entry of this name for each value, in their order. Receivers take the first of them
     * for the one in force.
     */
    public Builder addEach(String name, Iterable<String> all) {
      all.forEach(value -> add(name, value));
      return this;
    }

    /** Adds all entries of {@code headers} at the end. */
    public Builder addAll(Headers headers) {
      headers.forEach(header -> add(header.name(), header.value()));
      return this;
    }

    /** Removes every entry of this name and adds one at the end. */
    public Builder set(String name, String value) {
      return remove(name).add(name, value);
    }

    /** Removes every entry of this name. */
    public Builder remove(String name) {
      if (isBuilt) {
        copyArrays();
      }
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (!names[i].equals(name)) {
          names[kept] = names[i];
          values[kept] = values[i];
          kept++;
        }
      }
      size = kept;
      return this;
    }

    /** Returns the headers; the builder can go on. */
    public Headers build() {
      if (size == 0) {
        return EMPTY;
      }
      isBuilt = true;
      return new Headers(names, values, size, LazyValues.NONE);
    }

    private void copyArrays() {
      int capacity = Math.max(size + MORE, isBuilt ? 0 : size * 2);
      names = Arrays.copyOf(names, capacity);
      values = Arrays.copyOf(values, capacity);
      isBuilt = false;
    }

    private static String nonNull(String name, @Nullable String value) {
      if (value == null) {
        throw new NullPointerException("the value of header '" + name + "' is null; leave it out");
      }
      return value;
    }
  }
}
