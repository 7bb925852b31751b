/**
 * Whole clients measured over loopback. A {@link Scenario} says what is done, a {@link
 * ClientSubject} is a library that does it, an {@link Endpoint} is whom it talks to.
 *
 * <p>The libraries are in {@code subject}, the peer that they talk to in {@code peer}, what starts
 * both and reports in {@code run}. Nothing here knows those three.
 */
@NullMarked
package io.stompbox.bench.endtoend;

import org.jspecify.annotations.NullMarked;
