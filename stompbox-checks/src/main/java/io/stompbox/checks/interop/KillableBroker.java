package io.stompbox.checks.interop;

import java.util.List;

/** A broker in processes of its own, with a store that survives their death. Used by one thread. */
public interface KillableBroker extends AutoCloseable {
  /**
   * The ports on 127.0.0.1 where it speaks STOMP, at one at a time or, if it is a cluster, at all;
   * the same in all its lives.
   */
  List<Integer> ports();

  /**
   * Ends its process with SIGKILL, in a cluster that of the node that a client is connected with;
   * returns when nobody listens on its port any more.
   */
  void kill();

  /**
   * Starts another process with the same store and port, unless there is one that takes over;
   * returns when it answers CONNECT.
   */
  void startAgain();

  /** Ends its process at once and deletes its store. */
  @Override
  void close();
}
