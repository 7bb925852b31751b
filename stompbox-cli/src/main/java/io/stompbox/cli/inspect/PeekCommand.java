package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.frames.FrameText;
import io.stompbox.cli.json.MessageJson;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.StompException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows the messages of a queue and leaves them there. */
@Command(
    name = "peek",
    header = "Look at the messages of a queue, and leave them there.",
    description = {
      "Shows those that are there and ends. Only ActiveMQ Classic can do that over STOMP."
    },
    footer = {
      "  stompbox peek /queue/orders",
      "  stompbox peek /queue/orders -c 1 -o raw",
      "  stompbox peek /queue/orders -o json | jq -r '.headers.priority'"
    })
public final class PeekCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DEST", description = "The queue, for example /queue/orders.")
  private String destination = "";

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "Show at most so many. Default: all")
  private int count = Integer.MAX_VALUE;

  @Option(
      names = "--selector",
      paramLabel = "CONDITION",
      description = "Show those only whose headers meet it, such as \"colour = 'red'\".")
  private @Nullable String selector;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description = {
        "text: headers and body, for people (default). json: an object for each.",
        "raw: the bodies, a line feed behind each."
      })
  private Format format = Format.TEXT;

  @Mixin private final ConnectionOptions connection;

  /** How messages are shown. */
  enum Format {
    TEXT,
    JSON,
    RAW
  }

  public PeekCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (destination.isBlank()) {
      throw Failure.usage("the destination is blank; name one such as /queue/orders");
    }
    if (count < 1) {
      throw Failure.usage("--count must be at least 1: " + count);
    }
    try (StompClient client = connection.connect(ReconnectPolicy.never(), change -> {});
        Subscription browsing = browse(client)) {
      show(browsing);
      return ExitCode.OK.number();
    } catch (StompException e) {
      throw Failure.during("browsing " + destination, e);
    }
  }

  private Subscription browse(StompClient client) {
    SubscribeOptions options = SubscribeOptions.defaults().browse();
    try {
      return client.subscribe(destination, selector == null ? options : options.selector(selector));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          client.profile().name() + " can't show a queue over STOMP without taking from it",
          List.of(
              "look with the broker's own console, or take messages with 'stompbox listen'",
              "for another kind of broker than it says it is, see --set profile=NAME"),
          e);
    }
  }

  private void show(Subscription browsing) throws InterruptedException {
    Output output = new Output(environment.out());
    int shown = 0;
    while (shown < count) {
      Optional<Delivery> next = browsing.receive(connection.timeout());
      if (next.isPresent()) {
        show(next.get(), output);
        shown++;
      } else if (browsing.isOpen()) {
        throw new Failure(
            ExitCode.TIMED_OUT,
            "the broker did not say where " + destination + " ends",
            List.of("--timeout sets how long to wait"),
            null);
      } else {
        break;
      }
    }
    if (shown == 0) {
      environment.tell("no message in " + destination);
    }
  }

  private void show(Delivery message, Output output) {
    switch (format) {
      case TEXT -> output.line(FrameText.of(message.frame()));
      case JSON -> output.line(MessageJson.line(message, TimeOfDay.now()));
      case RAW -> output.line(message.body().toBytes());
    }
  }

  /** Reads the values of {@code --output}. */
  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return switch (text) {
        case "text" -> Format.TEXT;
        case "json" -> Format.JSON;
        case "raw" -> Format.RAW;
        default -> throw new TypeConversionException("'" + text + "' must be text, json or raw");
      };
    }
  }
}
