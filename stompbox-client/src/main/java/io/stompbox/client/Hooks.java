package io.stompbox.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of the program's a client calls from its first connection on, and where it runs.
 *
 * @param observers in the order in which they were given
 * @param listeners by name, in the order in which they were added
 * @param executor runs handlers and listeners; null for threads of the client's own
 */
record Hooks(
    Consumer<StateChange> stateListener,
    List<ClientObserver> observers,
    Map<String, StompListener> listeners,
    @Nullable Executor executor) {
  Hooks {
    observers = List.copyOf(observers);
    listeners = new LinkedHashMap<>(listeners);
  }
}
