/**
 * The client as a part of reactive streams: the rules of the specification, and the libraries that
 * programs use.
 */
@NullMarked
package io.stompbox.checks.flow;

import org.jspecify.annotations.NullMarked;
