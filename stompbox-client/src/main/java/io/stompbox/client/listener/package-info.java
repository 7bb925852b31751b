/**
 * Listeners to take as they are: {@link PrintingListener}, {@link StatisticsListener}, {@link
 * WaitingListener} and, for tests, {@link RecordingListener}. Whoever wants all events in one place
 * starts at {@link EventSink}.
 *
 * <p>They use nothing but what every program can: {@link io.stompbox.client.StompListener}.
 */
@NullMarked
package io.stompbox.client.listener;

import org.jspecify.annotations.NullMarked;
