package io.stompbox.client;

import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one physical connection is made.
 *
 * @param offer what CONNECT offers
 * @param credentials asked at each attempt, so that tokens may change; null takes those of the
 *     broker's address
 * @param timeouts how long to wait for what
 * @param limits what is accepted from the broker
 * @param mode how strictly its octets are read
 * @param transports how octets move
 * @param time where time comes from
 * @param threads makes the threads that read, write and connect again; they may block for as long
 *     as they like, and are named here
 * @param mixture whether a list may have brokers with TLS and brokers without
 */
public record ConnectOptions(
    Offer offer,
    @Nullable Supplier<Credentials> credentials,
    Timeouts timeouts,
    DecoderLimits limits,
    DecoderMode mode,
    TransportFactory transports,
    TimeSource time,
    ThreadFactory threads,
    TlsMixture mixture) {

  /**
   * Refuses to resynchronise: what a connection passes over may be a message or a receipt, and
   * nobody would know that it is lost.
   */
  public ConnectOptions {
    if (mode == DecoderMode.RESYNCHRONISING) {
      throw new IllegalArgumentException(
          "a connection ends where the broker breaks the protocol; use "
              + DecoderMode.TOLERANT
              + " or "
              + DecoderMode.STRICT);
    }
  }

  /** Everything by default: see the parts. */
  public static ConnectOptions defaults() {
    return new ConnectOptions(
        Offer.standard(),
        null,
        Timeouts.defaults(),
        DecoderLimits.defaults(),
        DecoderMode.TOLERANT,
        TransportFactory.sockets(),
        TimeSource.system(),
        Threads.STANDARD,
        TlsMixture.REFUSED);
  }

  /** Returns them with another offer. */
  public ConnectOptions with(Offer other) {
    return new ConnectOptions(
        other, credentials, timeouts, limits, mode, transports, time, threads, mixture);
  }

  /** Returns them with credentials that are asked at each attempt. */
  public ConnectOptions with(Supplier<Credentials> supplier) {
    return new ConnectOptions(
        offer, supplier, timeouts, limits, mode, transports, time, threads, mixture);
  }

  /** Returns them with other time limits. */
  public ConnectOptions with(Timeouts other) {
    return new ConnectOptions(
        offer, credentials, other, limits, mode, transports, time, threads, mixture);
  }

  /** Returns them with other limits for what the broker sends. */
  public ConnectOptions with(DecoderLimits other) {
    return new ConnectOptions(
        offer, credentials, timeouts, other, mode, transports, time, threads, mixture);
  }

  /** Returns them with octets read in another way; {@link DecoderMode#TOLERANT} is the default. */
  public ConnectOptions with(DecoderMode other) {
    return new ConnectOptions(
        offer, credentials, timeouts, limits, other, transports, time, threads, mixture);
  }

  /** Returns them with another way to move octets. */
  public ConnectOptions with(TransportFactory other) {
    return new ConnectOptions(
        offer, credentials, timeouts, limits, mode, other, time, threads, mixture);
  }

  /** Returns them with time from elsewhere, for tests. */
  public ConnectOptions with(TimeSource other) {
    return new ConnectOptions(
        offer, credentials, timeouts, limits, mode, transports, other, threads, mixture);
  }

  /**
   * Returns them with threads from elsewhere for reading, writing and connecting again. By default
   * they are virtual where the JDK has them, and daemons elsewhere.
   */
  public ConnectOptions withThreads(ThreadFactory other) {
    return new ConnectOptions(
        offer, credentials, timeouts, limits, mode, transports, time, other, mixture);
  }

  /** Returns them with another answer to lists that have brokers with TLS and brokers without. */
  public ConnectOptions with(TlsMixture other) {
    return new ConnectOptions(
        offer, credentials, timeouts, limits, mode, transports, time, threads, other);
  }
}
