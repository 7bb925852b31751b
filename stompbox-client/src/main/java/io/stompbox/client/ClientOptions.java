package io.stompbox.client;

import io.stompbox.protocol.codec.BodyStreaming;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.failover.ReconnectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a client is made with, besides its brokers.
 *
 * @param profile null takes what the broker calls itself
 * @param duplicates what confirmed sends carry
 * @param repeatMark the header of confirmed sends that are repeated; null for none
 * @param contentLength whether sends have it that don't say so themselves
 * @param largeBodies which bodies are put into files
 * @param hooks what of the program's is called
 */
record ClientOptions(
    ConnectOptions connect,
    Bounds bounds,
    ReconnectPolicy reconnect,
    @Nullable BrokerProfile profile,
    DuplicateDetection duplicates,
    @Nullable String repeatMark,
    ContentLength contentLength,
    LargeBodies largeBodies,
    Hooks hooks) {

  /** Returns the profile that was chosen, or else the one for what a broker calls itself. */
  BrokerProfile profile(@Nullable String server) {
    return profile == null ? BrokerProfile.of(server) : profile;
  }

  /** Which bodies a decoder hands out in parts. */
  BodyStreaming streaming() {
    return largeBodies.streaming(connect.limits());
  }

  Timeouts timeouts() {
    return connect.timeouts();
  }
}
