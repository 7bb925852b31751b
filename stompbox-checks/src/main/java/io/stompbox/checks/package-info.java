/** What only makes sense across modules: conformance, interop and architecture. Not published. */
@NullMarked
package io.stompbox.checks;

import org.jspecify.annotations.NullMarked;
