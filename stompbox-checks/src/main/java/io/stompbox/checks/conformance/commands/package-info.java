/**
 * Cases about single frames: what a call to one of the libraries that came before makes, and what
 * the same wish makes here. {@link io.stompbox.checks.conformance.commands.CommandCases} reads
 * them.
 *
 * <p>The notation of each library has a class that says the call in the words of {@link
 * io.stompbox.protocol.session.Commands}. Where the library's answer is not what the specification
 * asks for, {@code Decisions} says by a rule what is right instead.
 */
@NullMarked
package io.stompbox.checks.conformance.commands;

import org.jspecify.annotations.NullMarked;
