package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.json.Envelope;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends messages. */
@Command(
    name = "send",
    aliases = "pub",
    header = "Send messages.",
    description = {
      "The body is BODY, a file, or else all of standard input, octet for octet.",
      "A file of more than 1 MiB is read while it is sent, so it may be larger than memory and "
          + "must not change. What comes from a pipe is held, and any body with --no-content-length.",
      "With --lines, -D or --json-lines it has many messages, and streams through at any length.",
      "Exit code 8 if some have arrived and others not, or perhaps; standard error has the counts."
    },
    footer = {
      "  stompbox send /queue/orders '{\"id\":1}' --receipt --content-type application/json",
      "  stompbox send /queue/reports @report.pdf --persistent --expires 1h",
      "  seq 100000 | stompbox send /queue/numbers --lines --tx 1000",
      "  stompbox listen /queue/a -o json --wait 1s | stompbox send /queue/b --json-lines --receipt",
      "  stompbox send /queue/load x --count 600 --rate 10/s",
      "  stompbox send -s stomp+ssl://broker:61614 -u me --ask-password /topic/news hello",
      "  stompbox send /queue/numbers -- -1      (-- ends the options)"
    })
public final class SendCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DEST",
      description = "Where to, for example /queue/orders; only --json-lines can do without.")
  private @Nullable String destination;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BODY",
      description =
          "The body as text; @FILE takes a file, @@ begins text with an @; "
              + "- or nothing takes standard input.")
  private @Nullable String body;

  @Mixin private final InputOptions input = new InputOptions();

  @Mixin private final PartOptions parts = new PartOptions();

  @Mixin private final MessageOptions message = new MessageOptions();

  @Option(
      names = "--reply-to",
      paramLabel = "DEST",
      description = "Where replies are to go (header reply-to).")
  private @Nullable String replyTo;

  @Option(
      names = "--receipt",
      description = "Wait until the broker confirms that it has the messages.")
  private boolean receipt;

  @Option(
      names = "--tx",
      paramLabel = "N",
      converter = WholeNumber.Positive.class,
      description =
          "Send in transactions of so many messages, each confirmed by the "
              + "receipt of COMMIT. RabbitMQ gives it before persistent messages "
              + "are stored: there, --receipt is the safe way.")
  private @Nullable Integer transaction;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.Large.class,
      description = "Send the message so often.")
  private @Nullable Long count;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Rate.Converter.class,
      description = "Send so many in a second at most, or in a minute: 6/m.")
  private Rate rate = Rate.UNLIMITED;

  @Mixin private final ConnectionOptions connection;

  public SendCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SendPlan plan = plan();
    Optional<FileBody> large = largeFile();
    if (large.isPresent()) {
      send(plan, large.get().repeated(template(), times()));
    } else {
      try (InputStream octets = input.open(body, environment)) {
        send(plan, messages(octets));
      }
    }
    return ExitCode.OK.number();
  }

  private Optional<FileBody> largeFile() {
    boolean isHeld =
        parts.isDivided() || message.isWithoutLength() || connection.omitsContentLength();
    return isHeld ? Optional.empty() : input.largeFile(body);
  }

  private void send(SendPlan plan, MessageSource messages)
      throws IOException, InterruptedException {
    Outages outages = new Outages(messages::octetsRead);
    StompClientBuilder builder = connection.outlastingBuilder(ReconnectPolicy.never());
    try (StompClient client = connection.connect(builder.onStateChange(outages))) {
      new SendRun(environment, client, plan, outages).run(messages);
    }
  }

  private long times() {
    return count == null ? 1 : count;
  }

  /** How the options say that messages are sent. */
  SendPlan plan() {
    parts.check();
    message.check(replyTo);
    if (parts.isDivided() && count != null) {
      throw Failure.usage(
          "--count repeats one message, but the input has several",
          "leave it out; head -n limits the lines of an input");
    }
    OptionalLong total = parts.isDivided() ? OptionalLong.empty() : OptionalLong.of(times());
    return new SendPlan(where(), how(), rate, total, connection.timeout());
  }

  private String where() {
    if (destination == null) {
      if (parts.isJson()) {
        return "the destinations of the input";
      }
      throw Failure.usage("DEST is missing", "stompbox send --help shows what is possible");
    }
    return Destinations.check(destination);
  }

  private SendPlan.How how() {
    if (transaction != null) {
      return new SendPlan.How.Transactions(transaction);
    }
    return receipt ? new SendPlan.How.Receipts() : new SendPlan.How.Plain();
  }

  private MessageSource messages(InputStream octets) throws IOException {
    if (parts.isJson()) {
      return PartOptions.envelopes(octets, this::message);
    }
    Outgoing template = template();
    return parts.isDivided()
        ? parts.bodies(octets, template)
        : MessageSource.repeated(template.bytes(octets), times());
  }

  /** The message that the options describe, without a body. */
  Outgoing template() {
    return complete(Outgoing.to(where()));
  }

  private Outgoing message(Envelope envelope) {
    if (destination == null && envelope.destination().isEmpty()) {
      throw Failure.usage(
          "the message names no destination, and there is no DEST",
          "give DEST for all of them, or write it: {\"destination\":\"/queue/a\",\"body\":\"hi\"}");
    }
    return complete(destination == null ? envelope.outgoing("") : envelope.to(destination));
  }

  private Outgoing complete(Outgoing bare) {
    Outgoing complete = message.applyTo(bare);
    return replyTo == null ? complete : complete.header("reply-to", replyTo);
  }

  ConnectionOptions connection() {
    return connection;
  }
}
