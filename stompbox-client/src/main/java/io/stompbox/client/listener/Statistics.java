package io.stompbox.client.listener;

/**
 * What a {@link StatisticsListener} has counted.
 *
 * @param connections how often a connection was begun, with or without success
 * @param disconnections how often one has ended, refused ones included
 * @param sends frames that were sent, of all kinds
 * @param octetsSent those of their bodies
 * @param messages messages that were given to the program
 * @param octetsReceived those of their bodies, as they came
 * @param receipts receipts that came
 * @param errors ERROR frames that came
 * @param heartBeats heart-beats that came
 * @param heartBeatTimeouts how often the broker was silent for too long
 */
public record Statistics(
    long connections,
    long disconnections,
    long sends,
    long octetsSent,
    long messages,
    long octetsReceived,
    long receipts,
    long errors,
    long heartBeats,
    long heartBeatTimeouts) {

  /** Returns a line for each count, ended by a line feed. */
  public String summary() {
    return """
        connections:          %d (%d ended)
        frames sent:          %d (%d octets in bodies)
        messages:             %d (%d octets in bodies)
        receipts:             %d
        errors:               %d
        heart-beats:          %d
        heart-beat time-outs: %d
        """
        .formatted(
            connections,
            disconnections,
            sends,
            octetsSent,
            messages,
            octetsReceived,
            receipts,
            errors,
            heartBeats,
            heartBeatTimeouts);
  }
}
