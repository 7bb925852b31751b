/**
 * A peer that speaks just enough STOMP to be faster than every client, in a process of its own.
 * Start at {@link io.stompbox.bench.endtoend.peer.ScriptedPeer}. It reads and writes octets with
 * its own few lines, as the codec that is measured must not help itself.
 */
@NullMarked
package io.stompbox.bench.endtoend.peer;

import org.jspecify.annotations.NullMarked;
