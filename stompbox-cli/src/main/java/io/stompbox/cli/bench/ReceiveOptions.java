package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.client.Acknowledgement;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How messages are received: the options of all benches that do. */
final class ReceiveOptions {
  @Option(
      names = "--ack",
      paramLabel = "MODE",
      converter = AckMode.class,
      description = {
        "When messages are acknowledged:",
        "after    each by itself (default)",
        "batched  several with one frame",
        "broker   when the broker sends"
      })
  private Acknowledgement acknowledgement = Acknowledgement.AFTER_PROCESSING;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      description = "How many messages the broker may send ahead; 0 is up to it. Default: 100")
  private int prefetch = 100;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Wait so long for the next message before what is missing is lost. Default: 10s")
  private Duration patience = Duration.ofSeconds(10);

  Consuming consuming(int consumers) {
    ConfirmOptions.range("--prefetch", prefetch, 0, 1_000_000);
    return new Consuming(consumers, acknowledgement, prefetch, patience);
  }

  /** What a bench that receives nothing has. */
  static Consuming nothing() {
    return new ReceiveOptions().consuming(0);
  }

  /** Reads the values of {@code --ack}. */
  static final class AckMode implements ITypeConverter<Acknowledgement> {
    @Override
    public Acknowledgement convert(String text) {
      return switch (text) {
        case "after" -> Acknowledgement.AFTER_PROCESSING;
        case "batched" -> Acknowledgement.BATCHED;
        case "broker" -> Acknowledgement.BROKER;
        default ->
            throw new TypeConversionException("'" + text + "' must be after, batched or broker");
      };
    }
  }
}
