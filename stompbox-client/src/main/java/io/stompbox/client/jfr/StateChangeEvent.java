package io.stompbox.client.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A client went from one state to another. */
@Name("io.stompbox.StateChange")
@Label("State Change")
@Description("A client went from one state to another.")
@Category("STOMP")
@StackTrace(false)
final class StateChangeEvent extends Event {
  @Label("Number of the connection")
  int epoch;

  @Label("From")
  @Nullable String from;

  @Label("To")
  @Nullable String to;

  @Label("Cause")
  @Nullable String cause;
}
