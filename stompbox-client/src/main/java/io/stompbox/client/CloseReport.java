package io.stompbox.client;

/**
 * What a client leaves behind when it is closed.
 *
 * @param sends what became of all its sends
 * @param drained whether everything was finished within the limit
 */
public record CloseReport(SendCounts sends, boolean drained) {}
