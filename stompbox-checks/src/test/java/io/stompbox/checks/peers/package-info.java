/**
 * What at least one other client for the JVM gets wrong, as far as a scenario can't say it; the
 * whole list is in {@code docs/reliability.md}.
 */
@NullMarked
package io.stompbox.checks.peers;

import org.jspecify.annotations.NullMarked;
