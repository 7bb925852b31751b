package io.stompbox.client.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A broker was silent for too long. */
@Name("io.stompbox.HeartBeatTimeout")
@Label("Heart-Beat Time-Out")
@Description("A broker was silent for too long.")
@Category("STOMP")
@StackTrace(false)
final class HeartBeatTimeoutEvent extends Event {
  @Label("Number of the connection")
  int epoch;

  @Timespan
  @Label("Silence")
  long silence;
}
