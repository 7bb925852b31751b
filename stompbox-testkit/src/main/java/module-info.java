/** Scripted brokers, a fault proxy and an embedded broker for tests of STOMP programs. */
module io.stompbox.testkit {
  requires transitive io.stompbox.protocol;
  requires static transitive org.jspecify;

  exports io.stompbox.testkit;
}
