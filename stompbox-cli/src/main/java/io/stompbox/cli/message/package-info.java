/** Verbs that send and receive messages. */
@NullMarked
package io.stompbox.cli.message;

import org.jspecify.annotations.NullMarked;
