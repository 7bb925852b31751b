package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.WholeNumber;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the messages of a queue and leaves them there. */
@Command(
    name = "peek",
    header = "Look at the messages of a queue, and leave them there.",
    description = {
      "Shows those that are there and ends. Only ActiveMQ Classic can do that over STOMP.",
      "A queue without messages is an answer as well: exit code 0, where listen ends with 5."
    },
    footer = {
      "  stompbox peek /queue/orders",
      "  stompbox peek /queue/orders -c 1 --headers-only",
      "  stompbox peek /queue/orders -f '%%i %%l octets\\n'",
      "  stompbox peek /queue/orders -o json | jq -r '.headers.priority'"
    })
public final class PeekCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DEST", description = "The queue, for example /queue/orders.")
  private String destination = "";

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.Positive.class,
      description = "Show at most so many. Default: all")
  private int count = Integer.MAX_VALUE;

  @Option(
      names = "--selector",
      paramLabel = "CONDITION",
      description = "Show those only whose headers meet it, such as \"colour = 'red'\".")
  private @Nullable String selector;

  @Mixin private final OutputOptions outputOptions = new OutputOptions();

  @Mixin private final ConnectionOptions connection;

  public PeekCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (destination.isBlank()) {
      throw Failure.usage("the destination is blank; name one such as /queue/orders");
    }
    if (isTopic()) {
      throw Failure.usage(
          destination + " is a topic, which keeps no messages to look at; peek is for queues",
          "messages of a topic come to those that listen: stompbox listen " + destination);
    }
    outputOptions.check();
    try (StompClient client = connection.connect(ReconnectPolicy.never(), change -> {});
        Subscription browsing = browse(client)) {
      show(browsing, outputOptions.view(environment, client.agreement().version()));
      return ExitCode.OK.number();
    } catch (StompException e) {
      throw Failure.during("browsing " + ListenPlan.asked(destination, selector), e);
    }
  }

  /** ActiveMQ Classic would answer with the names of its classes. */
  private boolean isTopic() {
    return destination.startsWith("/topic/") || destination.startsWith("/temp-topic/");
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

  private void show(Subscription browsing, MessageView view) throws InterruptedException {
    Output output = new Output(environment.out());
    int shown = 0;
    while (shown < count) {
      Optional<Delivery> next = browsing.receive(connection.timeout());
      if (next.isPresent()) {
        shown++;
        output.octets(view.octets(new Received(next.get(), shown, TimeOfDay.now())));
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
}
