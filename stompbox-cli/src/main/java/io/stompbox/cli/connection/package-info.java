/** The options that say which broker to talk to and how, and what to say when that fails. */
@NullMarked
package io.stompbox.cli.connection;

import org.jspecify.annotations.NullMarked;
