/**
 * What all kinds of conformance cases are read and compared with. A kind reads a {@link
 * io.stompbox.checks.conformance.kit.Case} from {@link
 * io.stompbox.checks.conformance.kit.Json.Fields} and tries it.
 *
 * <p>What is expected and what was seen are compared as text that is made here, octet by octet, so
 * that a fault in the {@code equals} of a frame cannot hide itself.
 */
@NullMarked
package io.stompbox.checks.conformance.kit;

import org.jspecify.annotations.NullMarked;
