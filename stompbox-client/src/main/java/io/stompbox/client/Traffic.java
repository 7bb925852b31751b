package io.stompbox.client;

import java.time.Duration;

/**
 * How long ago octets last went over a connection, heart-beats included.
 *
 * @param sinceSent since octets were handed to the network
 * @param sinceReceived since octets came
 */
public record Traffic(Duration sinceSent, Duration sinceReceived) {}
