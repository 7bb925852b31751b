/** A STOMP client that survives its brokers. */
module io.stompbox.client {
  requires transitive io.stompbox.protocol;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports io.stompbox.client;
  exports io.stompbox.client.jfr;
  exports io.stompbox.client.listener;
  exports io.stompbox.client.pool;
  exports io.stompbox.client.transport;
}
