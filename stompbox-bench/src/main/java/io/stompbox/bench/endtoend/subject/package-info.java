/**
 * The libraries that are measured, each as its user would call it, and the socket without any.
 * {@link io.stompbox.bench.endtoend.subject.Subjects} has them all.
 */
@NullMarked
package io.stompbox.bench.endtoend.subject;

import org.jspecify.annotations.NullMarked;
