package io.stompbox.client.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A physical connection, from its handshake to its end. */
@Name("io.stompbox.Connection")
@Label("Connection")
@Description("A physical connection, from its handshake to its end.")
@Category("STOMP")
@StackTrace(false)
final class ConnectionEvent extends Event {
  @Label("Number")
  int epoch;

  @Label("Broker")
  @Nullable String broker;

  @Label("Version")
  @Nullable String version;

  @Label("Cause, none if the program has left")
  @Nullable String cause;
}
