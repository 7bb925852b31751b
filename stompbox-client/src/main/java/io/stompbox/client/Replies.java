package io.stompbox.client;

/**
 * How replies to requests come back from a broker.
 *
 * @param prefix begins the destination of the replies, which the client completes
 * @param kind whose that destination is
 */
public record Replies(String prefix, Kind kind) {
  /** Whose a destination for replies is. */
  public enum Kind {
    /** Anybody's. The client subscribes to it, again after a loss, and replies wait meanwhile. */
    SHARED,
    /** The connection's. The client subscribes to it; it ends with the connection. */
    TEMPORARY,
    /**
     * The connection's. The broker makes it when a message is sent that has it in reply-to, and
     * gives its messages out under a subscription of that name, which nobody has made.
     */
    IMPLICIT
  }
}
