/** The code in the documents compiles and does what they say. */
@NullMarked
package io.stompbox.checks.docs;

import org.jspecify.annotations.NullMarked;
