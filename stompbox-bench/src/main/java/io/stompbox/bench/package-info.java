/** Measurements against peers and raw sockets. Not published. */
@NullMarked
package io.stompbox.bench;

import org.jspecify.annotations.NullMarked;
