package io.stompbox.client.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** What became of a send is known. */
@Name("io.stompbox.SendOutcome")
@Label("Send Outcome")
@Description("What became of a send is known.")
@Category("STOMP")
@StackTrace(false)
final class SendOutcomeEvent extends Event {
  @Label("Destination")
  @Nullable String destination;

  @Label("Outcome")
  @Nullable String outcome;

  @Timespan
  @Label("Elapsed")
  long elapsed;
}
