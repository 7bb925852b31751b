package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.util.Optional;

/**
 * What a client leaves behind when it is closed.
 *
 * @param sends what became of all its sends
 * @param drained whether everything was finished within the limit
 * @param failure what ended the last connection before the broker had answered the farewell. A
 *     refusal of frames that asked for no receipt may show here only
 */
public record CloseReport(SendCounts sends, boolean drained, Optional<StompException> failure) {}
