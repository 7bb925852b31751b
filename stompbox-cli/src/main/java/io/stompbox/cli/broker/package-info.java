/** The embedded broker as a command. */
@NullMarked
package io.stompbox.cli.broker;

import org.jspecify.annotations.NullMarked;
