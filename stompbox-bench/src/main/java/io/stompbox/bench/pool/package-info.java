/** What a connection pool costs beside the client that it gives out. */
@NullMarked
package io.stompbox.bench.pool;

import org.jspecify.annotations.NullMarked;
