package io.stompbox.cli.demo;

/**
 * How the messages of a demo fared, counted by their bodies.
 *
 * @param sent different messages that were handed to the client
 * @param confirmed those that the broker confirmed
 * @param received those that came back at least once
 * @param redelivered deliveries that the broker marked as repeated
 * @param lost those that were sent and never came back
 * @param duplicates deliveries of messages that had come before
 */
record DemoTally(
    int sent, int confirmed, int received, int redelivered, int lost, int duplicates) {}
