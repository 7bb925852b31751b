package io.stompbox.bench.endtoend;

/**
 * Whom a client talks to, on this machine.
 *
 * @param kind who it is: {@link #SCRIPTED} or the name of a broker
 * @param port on 127.0.0.1
 * @param trust the PEM file that vouches for it; empty without TLS
 */
public record Endpoint(String kind, int port, String trust) {
  /** The peer that is faster than all clients. */
  public static final String SCRIPTED = "scripted";

  /** Where everything here listens. */
  public static final String HOST = "127.0.0.1";

  /** One without TLS. */
  public static Endpoint plain(String kind, int port) {
    return new Endpoint(kind, port, "");
  }

  /** Whether it makes messages by itself, so that none have to be sent before some are received. */
  public boolean makesMessages() {
    return kind.equals(SCRIPTED);
  }

  /** Whether it is worth measuring those with it: what limits clients is that of a fast peer. */
  public boolean isFor(ClientSubject.Kind kind) {
    return makesMessages() || kind != ClientSubject.Kind.LIMIT;
  }
}
