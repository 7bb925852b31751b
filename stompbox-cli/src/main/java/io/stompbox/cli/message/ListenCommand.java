package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.StompException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Receives messages and writes them to standard output or files. */
@Command(
    name = "listen",
    aliases = "sub",
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
      "  stompbox listen /queue/a /queue/b -f '%%d %%h{priority} %%b\\n'",
      "  stompbox listen /queue/reports --save reports   a file for each, named by its header",
      "  stompbox listen /topic/prices --selector \"symbol = 'X'\" -o json"
    })
public final class ListenCommand implements Callable<Integer> {
  /** What says what becomes of messages, when none are received. */
  private static final Set<String> OF_MESSAGES =
      Set.of(
          "--count",
          "--wait",
          "--for",
          "--ack",
          "--nack",
          "--output",
          "--format",
          "--headers-only",
          "--save",
          "--stats");

  private final Environment environment;

  @Parameters(
      paramLabel = "DEST",
      arity = "1..*",
      description = "Where from, for example /queue/orders; several are listened to at once.")
  private List<String> destinations = new ArrayList<>();

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private final ReceiveLimits limits = new ReceiveLimits();

  @Option(
      names = "--ack",
      paramLabel = "MODE",
      converter = AckMode.class,
      completionCandidates = AckMode.class,
      description = {
        "Who acknowledges messages:",
        "individual  this command, each by itself once written (default)",
        "client      the same, but several with one frame",
        "auto        the broker when it sends; what is under way is lost"
      })
  private @Nullable Acknowledgement acknowledgement;

  @Option(
      names = "--nack",
      description =
          "Refuse every message once it was written; then it is up to the "
              + "broker what becomes of it: RabbitMQ gives it out again at once.")
  private boolean nack;

  @Option(names = "--id", paramLabel = "ID", description = "The id of the subscription.")
  private @Nullable String id;

  @Mixin private final SubscribeFlags subscription = new SubscribeFlags();

  @Option(
      names = "--unsubscribe",
      description = "Have the broker forget the --durable subscription, and end.")
  private boolean unsubscribe;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description =
          "Write each body to a file in this folder, and its name to standard "
              + "output. It is named by the header filename, else by the message "
              + "id; none is overwritten. The folder is made if it is not there.")
  private @Nullable Path folder;

  @Option(names = "--stats", description = "Say on standard error how much came how fast.")
  private boolean statistics;

  @Mixin private final ConnectionOptions connection;

  public ListenCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    ListenPlan plan = plan();
    MessageSink files =
        folder == null ? null : MessageSink.files(folder, new Output(environment.out()));
    // Who counts messages wants to know of a loss, as some may come twice.
    boolean isCounting = limits.count() != null;
    ReconnectPolicy policy = isCounting ? ReconnectPolicy.never() : ReconnectPolicy.standard();
    Losses losses = new Losses(environment, "");
    Consumer<StateChange> listener = isCounting ? losses::note : losses::tell;
    try (StompClient client = connection.connect(policy, listener)) {
      ListenRun run = new ListenRun(environment, client, plan, losses);
      if (unsubscribe) {
        run.subscribe().remove();
        return ExitCode.OK.number();
      }
      checkNack(client);
      run.subscribe();
      if (environment.terminal().has(Terminal.Stream.OUTPUT)) {
        environment.tell("listening to " + plan.where() + "; Ctrl-C ends it");
      }
      return run(run, files == null ? output(client) : files).number();
    } catch (StompException e) {
      throw Failure.whileListening(plan.asked(plan.where()), e);
    }
  }

  private ExitCode run(ListenRun run, MessageSink sink) throws InterruptedException {
    if (!statistics) {
      return run.run(limits.begin(), sink, received -> {});
    }
    ReceiveStatistics counted = new ReceiveStatistics(environment);
    try {
      return run.run(limits.begin(), sink, counted::add);
    } finally {
      counted.end();
    }
  }

  private void checkNack(StompClient client) {
    if (nack && !client.agreement().version().hasNack()) {
      throw Failure.usage(
          "--nack is not in STOMP " + client.agreement().version() + ", which the broker speaks");
    }
  }

  private MessageSink output(StompClient client) {
    return MessageSink.output(
        new Output(environment.out()), output.view(environment, client.agreement().version()));
  }

  /** What the options say. */
  ListenPlan plan() {
    output.check();
    destinations.forEach(Destinations::check);
    if (destinations.size() > 1 && (id != null || subscription.isDurable())) {
      throw Failure.usage("--id and --durable are for one destination, but there are several");
    }
    if (unsubscribe && !subscription.isDurable()) {
      throw Failure.usage("--unsubscribe needs the name of the subscription, with --durable");
    }
    if (unsubscribe) {
      GivenOptions.refuse(command, OF_MESSAGES, "--unsubscribe receives nothing");
    }
    if (folder != null && output.isGiven()) {
      throw Failure.usage("--save writes the bodies to files, so -o, -f and --headers-only can't");
    }
    SubscribeOptions options =
        subscription.applyTo(SubscribeOptions.defaults().with(acknowledgement()), limits.count());
    return new ListenPlan(
        List.copyOf(destinations),
        id == null ? options : options.withId(id),
        nack ? ListenPlan.Verdict.NACK : ListenPlan.Verdict.ACK);
  }

  private Acknowledgement acknowledgement() {
    if (nack && acknowledgement != null) {
      throw Failure.usage("--nack refuses messages, so --ack can't acknowledge them");
    }
    if (nack) {
      return Acknowledgement.MANUAL;
    }
    return acknowledgement == null ? Acknowledgement.AFTER_PROCESSING : acknowledgement;
  }

  ConnectionOptions connection() {
    return connection;
  }
}
