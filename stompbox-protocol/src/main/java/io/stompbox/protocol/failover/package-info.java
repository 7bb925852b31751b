/**
 * Which broker next, and when. Start at {@link FailoverUri}.
 *
 * <p>Nothing here waits or connects: a {@link FailoverSchedule} hands out brokers and delays, and
 * the caller does the waiting.
 */
@NullMarked
package io.stompbox.protocol.failover;

import org.jspecify.annotations.NullMarked;
