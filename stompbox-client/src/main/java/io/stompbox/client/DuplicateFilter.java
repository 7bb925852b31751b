package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a subscription from handing out a message that it has processed before, by an id that each
 * message carries. Such a copy is acknowledged and counted ({@link ReceiveCounts#duplicates()}).
 *
 * <p>An id counts from when its message was processed: the handler has returned, the next message
 * was asked for, {@link Delivery#ack()} was called, or the transaction that acknowledged it was
 * committed. So what failed, was refused or was lost with its connection is handed out again. With
 * several handlers two copies may be processed at the same time; {@link SubscribeOptions#orderedBy}
 * with the same id prevents that.
 *
 * <p>It can't know what was processed before the subscription was made, by another process, or
 * longer ago than it remembers, and a process that dies between processing and acknowledging has
 * forgotten everything. So it saves work; what must not happen twice needs a record of the
 * program's own, stored together with what was done.
 *
 * @param header holds the id; messages without it, and with more than 256 characters in it, are
 *     handed out always. Of repeated ones the first counts
 * @param remembered how many ids are remembered at most; the one that came longest ago goes first
 */
public record DuplicateFilter(String header, int remembered) {
  private static final int REMEMBERED = 10_000;

  /** So that a broker can't fill the memory with ids. */
  private static final int LONGEST = 256;

  /** Refuses an empty name, and to remember nothing. */
  public DuplicateFilter {
    if (header.isEmpty()) {
      throw new IllegalArgumentException("the name of the header with the id is empty");
    }
    if (remembered < 1) {
      throw new IllegalArgumentException("remembered must be at least 1: " + remembered);
    }
  }

  /**
   * Looks at a header that the sender writes, and remembers 10,000 ids. What {@link
   * DuplicateDetection.InHeader} writes makes copies known that a repeated send has made.
   */
  public static DuplicateFilter byHeader(String name) {
    return new DuplicateFilter(name, REMEMBERED);
  }

  /**
   * Looks at the broker's {@code message-id}, and remembers 10,000. It makes messages known that
   * the broker gives out again, and only where they keep their id: on ActiveMQ Classic. Artemis and
   * RabbitMQ give them another one, and copies of a repeated send have one each on all brokers.
   */
  public static DuplicateFilter byMessageId() {
    return byHeader("message-id");
  }

  /** Returns it with another number of ids. */
  public DuplicateFilter remembering(int ids) {
    return new DuplicateFilter(header, ids);
  }

  /** Returns the id of a message; null if it has none to be known by. */
  @Nullable String id(Frame message) {
    String id = message.header(header);
    return id == null || id.length() > LONGEST ? null : id;
  }
}
