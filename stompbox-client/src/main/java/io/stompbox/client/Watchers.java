package io.stompbox.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who sees what a client does, from its first connection on.
 *
 * @param observers in the order in which they were given
 * @param listeners by name, in the order in which they were added
 */
record Watchers(List<ClientObserver> observers, Map<String, StompListener> listeners) {
  Watchers {
    observers = List.copyOf(observers);
    listeners = new LinkedHashMap<>(listeners);
  }
}
