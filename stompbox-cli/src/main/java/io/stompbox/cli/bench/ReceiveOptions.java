package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.message.AckMode;
import io.stompbox.client.Acknowledgement;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How messages are received: the options of all benches that do. */
final class ReceiveOptions {
  @Option(
      names = "--ack",
      paramLabel = "MODE",
      converter = AckMode.class,
      completionCandidates = AckMode.class,
      description = {
        "How messages are acknowledged:",
        "individual  each by itself (default)",
        "client      several with one frame",
        "auto        by the broker when it sends"
      })
  private Acknowledgement acknowledgement = Acknowledgement.AFTER_PROCESSING;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      converter = Limits.Unconfirmed.class,
      description = "How many messages the broker may send ahead; 0 is up to it. Default: 100")
  private int prefetch = 100;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Wait so long for the next message before what is missing is lost. It counts from the "
              + "end of sending, or the last loss or return of a connection. Default: 10s")
  private Duration patience = Duration.ofSeconds(10);

  Consuming consuming(int consumers) {
    return new Consuming(consumers, acknowledgement, prefetch, patience);
  }

  /** What a bench that receives nothing has. */
  static Consuming nothing() {
    return new ReceiveOptions().consuming(0);
  }
}
