/** STOMP without a network: frames, codec, session rules and failover schedules. */
module io.stompbox.protocol {
  requires static org.jspecify;

  exports io.stompbox.protocol.frame;
  exports io.stompbox.protocol.codec;
  exports io.stompbox.protocol.session;
  exports io.stompbox.protocol.failover;
}
