/** What all measurements need: the state of the machine, raw results, figures, the document. */
@NullMarked
package io.stompbox.bench.report;

import org.jspecify.annotations.NullMarked;
