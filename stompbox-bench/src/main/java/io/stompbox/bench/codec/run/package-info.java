/**
 * Measures the codecs and writes the report. Start at {@link
 * io.stompbox.bench.codec.run.CodecBenchMain}.
 */
@NullMarked
package io.stompbox.bench.codec.run;

import org.jspecify.annotations.NullMarked;
