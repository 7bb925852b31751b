/**
 * Rows of the fault matrix that are about amounts: floods, storms, leaks and full processors.
 * {@link io.stompbox.checks.load.LoadPeer} is the broker of those that need another process.
 */
@NullMarked
package io.stompbox.checks.load;

import org.jspecify.annotations.NullMarked;
