/**
 * Stompbox, its peers and the limits of the machine, each behind the same interface. {@link
 * io.stompbox.bench.codec.subject.Subjects} lists them. A peer is called as its own users call it,
 * at the lowest level that makes whole frames.
 */
@NullMarked
package io.stompbox.bench.codec.subject;

import org.jspecify.annotations.NullMarked;
