package io.stompbox.client.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A handler took longer than it should. */
@Name("io.stompbox.SlowHandler")
@Label("Slow Handler")
@Description("A handler took longer than it should.")
@Category("STOMP")
@StackTrace(false)
final class SlowHandlerEvent extends Event {
  @Label("Destination")
  @Nullable String destination;

  @Timespan
  @Label("Elapsed")
  long elapsed;

  @Label("What it threw")
  @Nullable Class<?> failure;
}
