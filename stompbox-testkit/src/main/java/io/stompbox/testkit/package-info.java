/**
 * For tests of STOMP programs: an embedded broker, scripted brokers and a proxy that breaks
 * connections on purpose.
 */
@NullMarked
package io.stompbox.testkit;

import org.jspecify.annotations.NullMarked;
