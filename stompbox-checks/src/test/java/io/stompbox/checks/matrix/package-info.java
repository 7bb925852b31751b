/**
 * Rows of the fault matrix that no scenario can play: floods, storms, leaks and full processors.
 * {@link io.stompbox.checks.matrix.LoadPeer} is the broker of those that need another process.
 */
@NullMarked
package io.stompbox.checks.matrix;

import org.jspecify.annotations.NullMarked;
