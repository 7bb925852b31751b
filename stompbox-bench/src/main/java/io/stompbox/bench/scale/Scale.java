package io.stompbox.bench.scale;

/** Something whose cost grows with a number. */
interface Scale {
  /**
   * Measures once.
   *
   * @param to where the figures go; n is how many
   * @param port where the peer listens on 127.0.0.1
   */
  void measure(Measuring to, int port) throws Exception;
}
