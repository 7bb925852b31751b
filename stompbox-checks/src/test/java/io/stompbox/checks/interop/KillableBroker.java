package io.stompbox.checks.interop;

/** A broker in a process of its own, with a store that survives its death. Used by one thread. */
public interface KillableBroker extends AutoCloseable {
  /** The port on 127.0.0.1 where it speaks STOMP; the same in each of its lives. */
  int port();

  /** Ends its process with SIGKILL; returns when nobody listens on its port any more. */
  void kill();

  /** Starts another process with the same store and port; returns when it answers CONNECT. */
  void startAgain();

  /** Ends its process at once and deletes its store. */
  @Override
  void close();
}
