package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.HeaderConverter;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.ClientState;
import io.stompbox.client.Delivery;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.StompException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

/** Receives messages and writes their bodies to standard output. */
@Command(
    name = "listen",
    header = "Receive messages.",
    description = {
      "Their bodies go to standard output, a line feed behind each.",
      "A message is acknowledged only after it was written, so what ends this command loses none.",
      "Without --count it connects again after a loss, as the URI says; Ctrl-C ends it."
    },
    footer = {
      "  stompbox listen /queue/orders                   until Ctrl-C",
      "  stompbox listen /queue/orders -c 1 --wait 5s    one message, or exit code 5 after 5 s",
      "  stompbox listen /queue/orders --wait 1s         what is there, then end",
      "  stompbox listen /topic/prices -H \"selector:symbol = 'X'\""
    })
public final class ListenCommand implements Callable<Integer> {
  private static final Duration LONG = Duration.ofDays(1);

  private final Environment environment;

  @Parameters(paramLabel = "DEST", description = "Where from, for example /queue/orders.")
  private String destination = "";

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "End after this many messages.")
  private @Nullable Integer count;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = {
        "End when no message comes for this long.",
        "Exit code 5 if there was none at all, or fewer than --count."
      })
  private @Nullable Duration wait;

  @Option(
      names = "--ack",
      paramLabel = "MODE",
      converter = AckMode.class,
      description = {
        "When messages are acknowledged:",
        "after    each by itself, once it was written (default)",
        "batched  as after, but several with one frame",
        "broker   when the broker sends; what is under way is lost"
      })
  private Acknowledgement acknowledgement = Acknowledgement.AFTER_PROCESSING;

  @Option(names = "--id", paramLabel = "ID", description = "The id of the subscription.")
  private @Nullable String id;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      description = {
        "How many messages the broker may send ahead; 0 is up to it.",
        "Default: 100, or --count if that is less."
      })
  private @Nullable Integer prefetch;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME:VALUE",
      converter = HeaderConverter.class,
      description = "One more header of SUBSCRIBE; may be given several times.")
  private List<Header> headers = new ArrayList<>();

  @Mixin private final ConnectionOptions connection;

  public ListenCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (destination.isBlank()) {
      throw Failure.usage("the destination is blank; name one such as /queue/orders");
    }
    if (count != null && count < 1) {
      throw Failure.usage("--count must be at least 1: " + count);
    }
    SubscribeOptions options = subscribeOptions();
    ReconnectPolicy policy = count == null ? ReconnectPolicy.standard() : ReconnectPolicy.never();
    try (StompClient client = connection.connect(policy, this::tell);
        Subscription subscription = subscribe(client, options)) {
      if (environment.terminal().has(Terminal.Stream.OUTPUT)) {
        environment.tell("listening to " + destination + "; Ctrl-C ends it");
      }
      return listen(subscription).number();
    } catch (StompException e) {
      throw Failure.whileListening(destination, e);
    }
  }

  private Subscription subscribe(StompClient client, SubscribeOptions options) {
    try {
      return client.subscribe(destination, options);
    } catch (StompException e) {
      throw Failure.during("SUBSCRIBE to " + destination, e);
    }
  }

  /** The subscription that the options describe. */
  SubscribeOptions subscribeOptions() {
    if (prefetch != null && prefetch < 0) {
      throw Failure.usage("--prefetch must not be negative: " + prefetch);
    }
    SubscribeOptions options = SubscribeOptions.defaults().with(acknowledgement);
    options = options.withPrefetch(prefetch != null ? prefetch : prefetch(options.prefetch()));
    options = id == null ? options : options.withId(id);
    for (Header header : headers) {
      try {
        options = options.withHeader(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        throw HeaderConverter.reserved(header);
      }
    }
    return options;
  }

  /** What is sent ahead and not wanted would come again marked as redelivered. */
  private int prefetch(int usual) {
    return count == null ? usual : Math.min(usual, count);
  }

  ConnectionOptions connection() {
    return connection;
  }

  private ExitCode listen(Subscription subscription) throws InterruptedException {
    Output output = new Output(environment.out());
    int written = 0;
    while (count == null || written < count) {
      Optional<Delivery> next = subscription.receive(wait == null ? LONG : wait);
      if (next.isPresent()) {
        output.line(line(next.get()));
        written++;
        acknowledge(next.get(), written);
      } else if (wait != null) {
        return idle(wait, written);
      }
    }
    return ExitCode.OK;
  }

  private byte[] line(Delivery message) {
    byte[] octets = message.body().toBytes();
    return environment.terminal().has(Terminal.Stream.OUTPUT)
        ? ShownBody.of(octets, message.text()).getBytes(StandardCharsets.UTF_8)
        : octets;
  }

  /** The client acknowledges batches when more is asked for, which it is not after the last. */
  private void acknowledge(Delivery message, int written) {
    boolean isLast = count != null && written == count;
    if (acknowledgement == Acknowledgement.AFTER_PROCESSING || isLast) {
      message.ack();
    }
  }

  private ExitCode idle(Duration limit, int written) {
    if (count == null && written > 0) {
      return ExitCode.OK;
    }
    String sentence =
        written == 0
            ? "no message on " + destination + " within " + DurationConverter.text(limit)
            : "only %d of %d messages on %s, and no more within %s"
                .formatted(written, count, destination, DurationConverter.text(limit));
    environment.tell(sentence);
    return ExitCode.TIMED_OUT;
  }

  private void tell(StateChange change) {
    if (change.to() == ClientState.RECOVERING && count == null) {
      String reason = change.cause().map(Throwable::getMessage).orElse("lost the connection");
      environment.tell(reason + "; connecting again");
    } else if (change.to() == ClientState.CONNECTED && change.epoch() > 1) {
      environment.tell("connected again");
    }
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
