package io.stompbox.checks.conformance.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client with somebody at the other end of its connection. */
interface Driver extends AutoCloseable {
  /** What it saw so far. */
  Ledger ledger();

  /** Makes a call; one that waits for an answer goes on in the background. */
  void perform(Action action, Call call);

  /**
   * Connects, or waits until the client has connected again, and answers CONNECT.
   *
   * @param call the call to connect
   * @param more lines that CONNECTED has besides its version, as they stand on the wire
   */
  void handshake(Version version, String more, Call call);

  /** The server sends octets. */
  void serverSends(Body octets);

  /** The server closes its side; {@code how} says whether it does so in order. */
  void serverEnds(ServerEnd how);

  /** Lets time pass. */
  void advance(long millis);

  /** The milliseconds of its clock. */
  long millis();

  /** Waits as long as is reasonable for what must come true; false if it does not. */
  boolean awaits(BooleanSupplier condition);

  /** Waits as long as is reasonable for what must not happen. */
  void settle();

  /** What the client knows of its server, or of a subscription; an empty map if it can't say. */
  Map<String, @Nullable String> state(String kind, @Nullable String subscription);

  @Override
  void close();

  /** How a server ends. */
  enum ServerEnd {
    CLOSES,
    RESETS
  }
}
