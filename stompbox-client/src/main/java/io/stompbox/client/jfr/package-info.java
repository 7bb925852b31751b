/**
 * Events for the JDK's Flight Recorder. Start at {@link JfrObserver}.
 *
 * <p>Nothing else in the client uses them, so they are loaded only by programs that ask for them.
 * The module {@code jdk.jfr} is optional: on the module path add it with {@code --add-modules
 * jdk.jfr}, unless another module of the program requires it.
 */
@NullMarked
package io.stompbox.client.jfr;

import org.jspecify.annotations.NullMarked;
