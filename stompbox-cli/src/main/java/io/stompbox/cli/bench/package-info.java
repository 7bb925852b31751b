/**
 * Measures brokers: {@code bench} runs a load and writes down what it saw, {@code report} draws it.
 * Start at {@link io.stompbox.cli.bench.BenchPlan}, which says what is run, and {@link
 * io.stompbox.cli.bench.RunRecord}, which is what remains of it.
 *
 * <p>Latency counts from the moment at which a message was due, not from that at which a busy
 * producer got round to it.
 */
@NullMarked
package io.stompbox.cli.bench;

import org.jspecify.annotations.NullMarked;
