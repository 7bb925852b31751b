package io.stompbox.bench.endtoend;

import java.time.Duration;

/**
 * Whom a client talks to, on this machine.
 *
 * @param kind who it is: {@link #SCRIPTED} or the name of a broker
 * @param port on 127.0.0.1
 * @param trust the PEM file that vouches for it; empty without TLS
 * @param pid its process; 0 if that is not known
 */
public record Endpoint(String kind, int port, String trust, long pid) {
  /** The peer that is faster than all clients. */
  public static final String SCRIPTED = "scripted";

  /** Where everything here listens. */
  public static final String HOST = "127.0.0.1";

  /** One without TLS. */
  public static Endpoint plain(String kind, int port, long pid) {
    return new Endpoint(kind, port, "", pid);
  }

  /** Returns the CPU time that its process has used so far; none if nobody knows. */
  public Duration cpuTime() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Whether it makes messages by itself, so that none have to be sent before some are received. */
  public boolean makesMessages() {
    return kind.equals(SCRIPTED);
  }

  /**
   * Whether those can be measured with it, and are worth it. What limits clients is that of a fast
   * peer, and with brokers it would have to read: they write ids that an ACK has to repeat.
   */
  public boolean isFor(ClientSubject.Kind kind) {
    return makesMessages() || kind != ClientSubject.Kind.LIMIT;
  }
}
