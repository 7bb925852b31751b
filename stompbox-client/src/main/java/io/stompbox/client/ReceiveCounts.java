package io.stompbox.client;

/**
 * What a client has received so far.
 *
 * @param messages MESSAGE frames
 * @param unrouted those that belonged to no subscription, and those that RabbitMQ did not give out
 *     because their subscription had just ended
 * @param staleAcks acknowledgements that came after their connection was lost and were not written
 * @param handlerFailures messages whose handler threw
 * @param unknownFrames frames of commands that no version of STOMP has, which were passed over
 * @param duplicates messages that a {@link DuplicateFilter} knew and did not hand out
 */
public record ReceiveCounts(
    long messages,
    long unrouted,
    long staleAcks,
    long handlerFailures,
    long unknownFrames,
    long duplicates) {}
