package io.stompbox.checks.interop;

/**
 * A real broker that runs for a while.
 *
 * @param port where it listens on 127.0.0.1
 * @param process what ends it
 */
record BrokerUnderTest(BrokerKind kind, int port, AutoCloseable process) implements AutoCloseable {
  String uri() {
    return kind.uri(port);
  }

  @Override
  public void close() throws Exception {
    process.close();
  }
}
