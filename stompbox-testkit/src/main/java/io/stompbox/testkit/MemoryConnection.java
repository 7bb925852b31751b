package io.stompbox.testkit;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A client's end of a connection to a {@link ScriptedBroker} that needs no socket. Reading waits
 * until the broker has written, without a limit; writing waits while 64 KiB wait to be read.
 *
 * <p>To let a client use it, wrap it into the client's own kind of transport. Safe to share between
 * threads.
 */
public final class MemoryConnection implements AutoCloseable {
  private final Pipe toClient;
  private final Pipe toBroker;

  MemoryConnection(Pipe toClient, Pipe toBroker) {
    this.toClient = toClient;
    this.toBroker = toBroker;
  }

  /** What the broker says; fails after a reset. */
  public InputStream input() {
    return toClient.input();
  }

  /** What the broker hears; fails after a reset. Closing it ends this direction only. */
  public OutputStream output() {
    return toBroker.output();
  }

  /** Ends it: the broker sees the end of the stream, and reading here fails from now on. */
  @Override
  public void close() {
    toBroker.end();
    toClient.breakOff();
  }
}
