package io.stompbox.testkit;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.session.ServerSessionOptions;

/**
 * How a {@link QueueBroker} behaves.
 *
 * @param session versions, heart-beats, users
 * @param mode how the octets of clients are read; {@link DecoderMode#RESYNCHRONISING} passes over
 *     what is broken without a word, the others answer ERROR
 * @param limits what is accepted of clients
 * @param messages how many messages all queues hold at most, those included that wait for their
 *     acknowledgement; whoever sends more gets ERROR
 * @param octets the same for the octets of their bodies
 * @param unread octets that wait for a client to read them; at that many it gets no more messages,
 *     which stay in their queues, until it has read
 */
public record QueueBrokerOptions(
    ServerSessionOptions session,
    DecoderMode mode,
    DecoderLimits limits,
    int messages,
    long octets,
    int unread) {
  private static final int MIB = 1024 * 1024;

  /** Refuses limits below 1. */
  public QueueBrokerOptions {
    if (messages < 1 || octets < 1 || unread < 1) {
      throw new IllegalArgumentException(
          "limits must be at least 1: messages="
              + messages
              + " octets="
              + octets
              + " unread="
              + unread);
    }
  }

  /**
   * The defaults of sessions and decoders, 100,000 messages, 256 MiB of bodies, 1 MiB for a client
   * that does not read.
   */
  public static QueueBrokerOptions defaults() {
    return new QueueBrokerOptions(
        ServerSessionOptions.defaults(),
        DecoderMode.TOLERANT,
        DecoderLimits.defaults(),
        100_000,
        256L * MIB,
        MIB);
  }

  /** Returns them with other options of sessions. */
  public QueueBrokerOptions with(ServerSessionOptions other) {
    return new QueueBrokerOptions(other, mode, limits, messages, octets, unread);
  }

  /** Returns them with another way to read octets. */
  public QueueBrokerOptions with(DecoderMode other) {
    return new QueueBrokerOptions(session, other, limits, messages, octets, unread);
  }

  /** Returns them with other limits of what is read. */
  public QueueBrokerOptions with(DecoderLimits other) {
    return new QueueBrokerOptions(session, mode, other, messages, octets, unread);
  }

  /** Returns them with another number of messages. */
  public QueueBrokerOptions withMessages(int other) {
    return new QueueBrokerOptions(session, mode, limits, other, octets, unread);
  }

  /** Returns them with another number of octets of all bodies. */
  public QueueBrokerOptions withOctets(long other) {
    return new QueueBrokerOptions(session, mode, limits, messages, other, unread);
  }

  /** Returns them with another number of octets that a client may leave unread. */
  public QueueBrokerOptions withUnread(int other) {
    return new QueueBrokerOptions(session, mode, limits, messages, octets, other);
  }
}
