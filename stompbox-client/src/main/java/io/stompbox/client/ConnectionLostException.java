package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.StompException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection failed, was closed, or could not be made. {@link #sent()} says what that means for
 * the operation that fails with it.
 */
public final class ConnectionLostException extends StompException {
  private static final long serialVersionUID = 1L;

  private final Sent sent;

  /** Not serialised, as it may have credentials; null if it was not about connecting. */
  private final transient @Nullable BrokerAddress broker;

  /** Not serialised either; null if it does not stand for several. */
  private final transient @Nullable Map<BrokerAddress, StompException> attempts;

  /** Creates one without a deeper cause. */
  public ConnectionLostException(String message, Sent sent) {
    super(message);
    this.sent = sent;
    this.broker = null;
    this.attempts = null;
  }

  /** Creates one with what the transport reported. */
  public ConnectionLostException(String message, Sent sent, Throwable cause) {
    super(message, cause);
    this.sent = sent;
    this.broker = null;
    this.attempts = null;
  }

  private ConnectionLostException(
      String message,
      Sent sent,
      BrokerAddress broker,
      @Nullable Map<BrokerAddress, StompException> attempts,
      Throwable cause) {
    super(message, cause);
    this.sent = sent;
    this.broker = broker;
    this.attempts = attempts;
  }

  /** Creates one for an attempt to connect that failed. */
  static ConnectionLostException connecting(
      BrokerAddress broker, String message, Sent sent, Throwable cause) {
    return new ConnectionLostException(message, sent, broker, null, cause);
  }

  /** Creates one for several attempts, of which {@code cause} at {@code broker} was the last. */
  static ConnectionLostException connecting(
      BrokerAddress broker,
      String message,
      Map<BrokerAddress, StompException> attempts,
      StompException cause) {
    return new ConnectionLostException(message, Sent.NOT_SENT, broker, attempts, cause);
  }

  /** What had become of the frame. */
  public Sent sent() {
    return sent;
  }

  /**
   * The broker that could not be connected to, the last one if several were tried. Empty if there
   * had been a connection, or no attempt was made.
   */
  public Optional<BrokerAddress> broker() {
    return Optional.ofNullable(broker);
  }

  /**
   * Why each broker could not be connected to, the last failure of each, the one that was tried
   * last at the end. Empty unless this stands for several attempts to connect.
   */
  public Map<BrokerAddress, StompException> attempts() {
    return attempts == null ? Map.of() : attempts;
  }

  /** How far a frame had come. */
  public enum Sent {
    /**
     * No octet of it was written, or not all of its body: the broker can't have it. Sending again
     * is safe.
     */
    NOT_SENT,
    /** Some of it or all was written: the broker may have handled it. */
    UNKNOWN
  }
}
