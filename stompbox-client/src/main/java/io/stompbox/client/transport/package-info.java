/** How bytes move between the client and a broker. Start at {@link Transport}. */
@NullMarked
package io.stompbox.client.transport;

import org.jspecify.annotations.NullMarked;
