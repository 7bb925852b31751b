package io.stompbox.checks.conformance;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** How much the arrays and buffers take that an object of ours holds, its parts included. */
final class Retained {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private long octets;

  private Retained() {}

  static long octets(Object root) {
    Retained retained = new Retained();
    retained.add(root);
    try {
      while (!retained.open.isEmpty()) {
        retained.look(retained.open.pop());
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return retained.octets;
  }

  private void add(Object object) {
    if (object != null && seen.add(object)) {
      open.push(object);
    }
  }

  private void look(Object object) throws IllegalAccessException {
    Class<?> type = object.getClass();
    if (object instanceof ByteBuffer buffer) {
      octets += buffer.capacity();
    } else if (object instanceof byte[] bytes) {
      octets += bytes.length;
    } else if (type.isArray()) {
      octets += 8L * Array.getLength(object);
      if (object instanceof Object[] elements) {
        for (Object element : elements) {
          add(element);
        }
      }
    } else if (type.getName().startsWith("io.stompbox.")) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          add(field.get(object));
        }
      }
    }
  }
}
