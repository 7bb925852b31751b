package io.stompbox.bench.endtoend;

import java.util.List;

/**
 * What is measured.
 *
 * @param name in options, raw results and reports
 * @param size octets of each body
 * @param window receipts that may be outstanding; 0 where none are asked for
 * @param transport what the octets go through
 */
public record Scenario(String name, Work work, int size, int window, Transport transport) {
  /** What the octets of a connection go through. */
  public enum Transport {
    TCP,
    TLS,
    WEBSOCKET
  }

  private static final List<String> FOR_BROKERS =
      List.of("confirm-1k-100", "receive-1k-ack", "ping-pong");

  private static final int SMALL = 100;
  private static final int KIBI = 1024;

  /** All of them, in the order in which they are reported. */
  public static final List<Scenario> ALL =
      List.of(
          plain("send-100", Work.SEND, SMALL),
          plain("send-1k", Work.SEND, KIBI),
          confirmed(1),
          confirmed(100),
          confirmed(1000),
          plain("receive-100", Work.RECEIVE, SMALL),
          plain("receive-1k", Work.RECEIVE, KIBI),
          plain("receive-1k-ack", Work.RECEIVE_ACK, KIBI),
          plain("ping-pong", Work.PING_PONG, SMALL),
          plain("ping-pong-callback", Work.PING_PONG_CALLBACK, SMALL),
          through(Transport.TLS, plain("send-1k", Work.SEND, KIBI)),
          through(Transport.TLS, confirmed(1000)),
          through(Transport.TLS, plain("receive-1k", Work.RECEIVE, KIBI)),
          through(Transport.WEBSOCKET, plain("send-1k", Work.SEND, KIBI)),
          through(Transport.WEBSOCKET, confirmed(1000)),
          through(Transport.WEBSOCKET, plain("receive-1k", Work.RECEIVE, KIBI)));

  private static Scenario plain(String name, Work work, int size) {
    return new Scenario(name, work, size, 0, Transport.TCP);
  }

  private static Scenario confirmed(int window) {
    return new Scenario("confirm-1k-" + window, Work.SEND_CONFIRMED, KIBI, window, Transport.TCP);
  }

  private static Scenario through(Transport transport, Scenario of) {
    String prefix = transport == Transport.TLS ? "tls-" : "ws-";
    return new Scenario(prefix + of.name, of.work, of.size, of.window, transport);
  }

  /**
   * Whether brokers are measured too: a few, as brokers need more time for a message than clients
   * do, and what these need is seen better with a peer that is fast.
   */
  public boolean isForBrokers() {
    return FOR_BROKERS.contains(name);
  }

  /**
   * Returns the one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no scenario '"
                        + name
                        + "'; there are "
                        + ALL.stream().map(Scenario::name).toList()));
  }
}
