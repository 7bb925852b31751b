package io.stompbox.client;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The {@link StompListener}s of a client, by name. They may be added and removed at any time, also
 * by one another; one that was added hears of what happens from then on. Safe to share.
 *
 * <p>Events wait for listeners that are slow, at most 1,000 and messages with 8 MiB of bodies
 * together. What has no room is not told to anybody and counted, except for the beginning and the
 * end of connections, for which as many places are kept again. Nothing else waits for a listener
 * but closing the client, within its limit.
 */
public final class Listeners {
  private final Observation observation;
  private final ListenerEvents events;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which they were added. Immutable. Written under lock. */
  private volatile List<Named> all = List.of();

  /** A listener and its name. */
  record Named(String name, StompListener listener) {}

  /** Creates it without listeners; {@code thread} runs one task after the other. */
  Listeners(Observation observation, Executor thread) {
    this.observation = observation;
    this.events = new ListenerEvents(thread, () -> all);
  }

  /**
   * Adds a listener behind all others.
   *
   * @throws IllegalArgumentException if the name is blank or there is a listener of that name
   */
  public void add(String name, StompListener listener) {
    checkName(name);
    Objects.requireNonNull(listener, "listener");
    lock.lock();
    try {
      if (find(name).isPresent()) {
        throw new IllegalArgumentException(
            "there is a listener '" + name + "' already; remove or replace it");
      }
      List<Named> changed = new ArrayList<>(all);
      changed.add(new Named(name, listener));
      set(changed);
    } finally {
      lock.unlock();
    }
  }

  static void checkName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a listener is blank; it is found by it");
    }
  }

  /**
   * Puts a listener in the place of another, or behind all others if there is none of that name.
   *
   * @return the one that was there
   * @throws IllegalArgumentException if the name is blank
   */
  public Optional<StompListener> replace(String name, StompListener listener) {
    checkName(name);
    Objects.requireNonNull(listener, "listener");
    lock.lock();
    try {
      Optional<StompListener> before = find(name);
      if (before.isEmpty()) {
        add(name, listener);
      } else {
        List<Named> changed = new ArrayList<>(all);
        changed.replaceAll(named -> named.name().equals(name) ? new Named(name, listener) : named);
        set(changed);
      }
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the listener of that name. */
  public Optional<StompListener> find(String name) {
    return all.stream().filter(named -> named.name().equals(name)).map(Named::listener).findFirst();
  }

  /** Removes a listener and returns it; it hears nothing more, but what it is being told. */
  public Optional<StompListener> remove(String name) {
    lock.lock();
    try {
      Optional<StompListener> before = find(name);
      List<Named> changed = new ArrayList<>(all);
      changed.removeIf(named -> named.name().equals(name));
      set(changed);
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** The names, in the order in which the listeners run. */
  public List<String> names() {
    return all.stream().map(Named::name).toList();
  }

  /** How many events were not told because listeners were too slow. */
  public long dropped() {
    return events.dropped();
  }

  private void set(List<Named> changed) {
    all = List.copyOf(changed);
    observation.set(events, !changed.isEmpty());
  }

  /** Lets listeners change a message before the program gets it. */
  void beforeMessage(Delivery delivery) {
    for (Named named : all) {
      try {
        Frame made = named.listener().beforeMessage(delivery);
        if (!made.command().equals(Command.MESSAGE)) {
          throw new IllegalArgumentException("a message became a frame " + made.command());
        }
        delivery.change(made);
      } catch (Throwable e) {
        Observation.log("listener '" + named.name() + "' failed; the message stays as it was", e);
      }
    }
  }

  /** Lets listeners change a message before it is sent. */
  Outgoing beforeSend(Outgoing message) {
    Outgoing changed = message;
    for (Named named : all) {
      try {
        changed =
            Objects.requireNonNull(named.listener().beforeSend(changed), "beforeSend gave null");
      } catch (Throwable e) {
        Observation.log("listener '" + named.name() + "' failed; it is sent as it was", e);
      }
    }
    return changed;
  }
}
