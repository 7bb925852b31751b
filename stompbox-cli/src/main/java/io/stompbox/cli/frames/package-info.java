/** Verbs that turn octets into frames and back, without a broker. */
@NullMarked
package io.stompbox.cli.frames;

import org.jspecify.annotations.NullMarked;
