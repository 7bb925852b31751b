package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.InterruptibleInput;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves messages from one broker to another. */
@Command(
    name = "pipe",
    header = "Move messages from one broker to another.",
    description = {
      "A message is acknowledged at SOURCE only after TARGET's broker has confirmed it, so what "
          + "ends this command loses none: what was not acknowledged is moved the next time, and may "
          + "arrive twice. Losses of either broker are waited for. Counts are on standard error.",
      "Messages become persistent and keep their headers, without what belongs to a delivery or "
          + "its queue: message-id, subscription, ack, redelivered, timestamp, expires, priority.",
      "The path of a URI is the virtual host; SOURCE and TARGET are destinations, or - for "
          + "standard input and output with a JSON object a line."
    },
    footer = {
      "  stompbox pipe /queue/x /queue/y --from stomp://a:61613 --to stomp+ssl://b:61614",
      "  stompbox pipe /queue/x /queue/x --from test --to prod --tx 100    contexts by name",
      "  stompbox pipe /queue/x - --wait 1s > x.jsonl                      empty it into a file",
      "  stompbox pipe - /queue/x < x.jsonl                                and back"
    })
public final class PipeCommand implements Callable<Integer> {
  private static final String STANDARD_STREAM = "-";
  private static final int USUAL_WINDOW = 100;

  /** What is asked of the broker of SOURCE or awaited from it. */
  private static final Set<String> OF_SOURCE =
      Set.of(
          "--from",
          "--selector",
          "--durable",
          "--prefetch",
          "--header",
          "--count",
          "--wait",
          "--for",
          "--window");

  /** What is asked of the broker of TARGET. */
  private static final Set<String> OF_TARGET = Set.of("--to", "--tx", "--window");

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "Where from; - is standard input.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "Where to; - is standard output.")
  private String target = "";

  @Option(
      names = "--from",
      paramLabel = "BROKER",
      completionCandidates = ContextNames.class,
      description = "The broker of SOURCE: a URI or the name of a context. Default: --server")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "BROKER",
      completionCandidates = ContextNames.class,
      description = "The broker of TARGET: a URI or the name of a context. Default: --server")
  private @Nullable String to;

  @Option(
      names = "--window",
      paramLabel = "N",
      converter = WholeNumber.Positive.class,
      description = "How many messages may wait for a confirmation. Default: 100")
  private @Nullable Integer window;

  @Option(
      names = "--tx",
      paramLabel = "N",
      converter = WholeNumber.Positive.class,
      description = "Send in transactions of so many messages.")
  private @Nullable Integer transaction;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private final ReceiveLimits limits = new ReceiveLimits();

  @Mixin private final SubscribeFlags subscription = new SubscribeFlags();

  @Mixin private final ConnectionOptions connection;

  public PipeCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    if (source.equals(STANDARD_STREAM)) {
      return fromInput().number();
    }
    return (target.equals(STANDARD_STREAM) ? toOutput() : between()).number();
  }

  /** Checks what can be checked without a network. */
  void check() {
    Destinations.check(source);
    Destinations.check(target);
    if (source.equals(STANDARD_STREAM) && target.equals(STANDARD_STREAM)) {
      throw Failure.usage("one end must be a destination, but both are -");
    }
    if (source.equals(STANDARD_STREAM)) {
      GivenOptions.refuse(command, OF_SOURCE, "SOURCE is - (standard input)");
    }
    if (target.equals(STANDARD_STREAM)) {
      GivenOptions.refuse(command, OF_TARGET, "TARGET is - (standard output)");
    }
    if (transaction != null) {
      GivenOptions.refuse(command, Set.of("--window"), "--tx sends one transaction at a time");
    }
    if (source.equals(target) && at(from).sharesBrokerWith(at(to))) {
      throw Failure.usage(
          "SOURCE and TARGET are both " + source + " at the same broker: it would never end",
          "name another destination, or another broker with --from or --to");
    }
  }

  private int window() {
    return window == null ? USUAL_WINDOW : window;
  }

  private ConnectionOptions at(@Nullable String broker) {
    return broker == null ? connection : connection.at(broker);
  }

  private StompClient connect(@Nullable String broker, Losses losses) {
    return at(broker).connect(ReconnectPolicy.standard(), losses::tell);
  }

  private ExitCode between() throws InterruptedException {
    PipeTally tally = new PipeTally();
    Losses ofSource = new Losses(environment, "source: ");
    Losses ofTarget = new Losses(environment, "target: ");
    try (StompClient receiver = connect(from, ofSource);
        StompClient sender = connect(to, ofTarget)) {
      Forwarding forwarding =
          transaction == null
              ? new ConfirmedForwards(sender, target, tally, window())
              : new TransactedForwards(sender, target, tally, transaction);
      subscribe(receiver, Acknowledgement.MANUAL, ofSource);
      Reception reception = limits.begin();
      PipeRun run = new PipeRun(environment, receiver, forwarding, tally);
      if (!run.run(reception, connection.timeout())) {
        ofTarget.outage().ifPresent(environment::insist);
        return ExitCode.PARTLY_DONE;
      }
      try {
        return reception.ending(environment, source, ofSource);
      } catch (Failure e) {
        throw run.partly(e);
      }
    }
  }

  private ListenRun subscribe(StompClient client, Acknowledgement acknowledgement, Losses losses) {
    SubscribeOptions usual = SubscribeOptions.defaults().with(acknowledgement);
    int ahead = Math.max(usual.prefetch(), transaction == null ? window() : transaction);
    SubscribeOptions options = subscription.applyTo(usual.withPrefetch(ahead), limits.count());
    ListenPlan plan = new ListenPlan(List.of(source), options, ListenPlan.Verdict.ACK);
    return new ListenRun(environment, client, plan, losses).subscribe();
  }

  private ExitCode toOutput() throws InterruptedException {
    MessageSink sink = MessageSink.output(new Output(environment.out()), MessageView.json());
    ReceiveStatistics statistics = new ReceiveStatistics(environment);
    Losses losses = new Losses(environment, "source: ");
    try (StompClient receiver = connect(from, losses)) {
      ListenRun run = subscribe(receiver, Acknowledgement.AFTER_PROCESSING, losses);
      return run.run(limits.begin(), sink, statistics::add);
    } catch (StompException e) {
      throw Failure.whileListening(source, e);
    } finally {
      if (!environment.manner().isQuiet()) {
        statistics.end();
      }
    }
  }

  private ExitCode fromInput() throws IOException, InterruptedException {
    SendPlan.How how =
        transaction == null
            ? new SendPlan.How.Receipts()
            : new SendPlan.How.Transactions(transaction);
    SendPlan plan =
        new SendPlan(target, how, Rate.UNLIMITED, OptionalLong.empty(), connection.timeout());
    if (environment.terminal().has(Terminal.Stream.INPUT)) {
      environment.tell("reading from the keyboard; Ctrl-D ends it");
    }
    Outages outages = new Outages();
    ConnectionOptions there = at(to);
    StompClientBuilder builder =
        there
            .outlastingBuilder(ReconnectPolicy.standard())
            .onStateChange(outages.andThen(new Losses(environment, "target: ")::tell));
    try (InputStream octets = new InterruptibleInput(environment.in());
        StompClient sender = there.connect(builder)) {
      MessageSource messages =
          PartOptions.envelopes(octets, envelope -> envelope.to(target).persistent());
      new SendRun(environment, sender, plan, outages).run(messages);
    }
    return ExitCode.OK;
  }
}
