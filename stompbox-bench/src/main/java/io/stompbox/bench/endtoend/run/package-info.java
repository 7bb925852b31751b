/**
 * Runs clients against the peer and brokers, and reports. {@link
 * io.stompbox.bench.endtoend.run.EndToEndBenchMain} starts a JVM for each figure, {@link
 * io.stompbox.bench.endtoend.run.MeasuredClientMain} is what runs there.
 */
@NullMarked
package io.stompbox.bench.endtoend.run;

import org.jspecify.annotations.NullMarked;
