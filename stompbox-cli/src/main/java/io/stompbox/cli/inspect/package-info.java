/** Verbs that look at a broker, or at how it would be reached, and change nothing there. */
@NullMarked
package io.stompbox.cli.inspect;

import org.jspecify.annotations.NullMarked;
