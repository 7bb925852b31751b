package io.stompbox.client;

/**
 * What became of the sends of a client so far.
 *
 * @param confirmed sends whose receipt came
 * @param rejected sends that the broker refused
 * @param unknown sends that were written in part or whole, and whose fate is not known: confirmed
 *     sends that ran out of time, and sends without confirmation that were being written when a
 *     connection was lost: all those of one write, which has up to 128 KiB
 * @param notSent sends of which no octet was written, or not all of a {@link BodySource}
 * @param lateReceipts receipts that nobody waited for, or not any more: for sends that were
 *     cancelled or had run out of time
 */
public record SendCounts(
    long confirmed, long rejected, long unknown, long notSent, long lateReceipts) {}
