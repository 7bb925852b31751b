/** Scripted brokers, a fault proxy and an embedded broker for tests of STOMP programs. */
module io.stompbox.testkit {
  requires transitive io.stompbox.protocol;
  requires static org.jspecify;
  requires java.transaction.xa;
  requires static org.junit.jupiter.api;

  exports io.stompbox.testkit;
  exports io.stompbox.testkit.junit;
  exports io.stompbox.testkit.script;
}
