package io.stompbox.cli.bench;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.context.Context;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.Bounds;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.testkit.EmbeddedBroker;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** What all benches share: which broker and how long; run, tell, and judge. */
final class BenchJob {
  static final String DESTINATION = "/queue/stompbox.bench";

  private final Environment environment;
  @Mixin private final RunOptions options = new RunOptions();
  @Mixin private final ConnectionOptions connection;

  BenchJob(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  RunOptions options() {
    return options;
  }

  /** Runs a plan and returns the exit status. */
  int run(BenchPlan plan) {
    return find(plan).number();
  }

  private ExitCode find(BenchPlan plan) {
    if (plan.destination().isBlank()) {
      throw Failure.usage("the destination is blank; name one such as /queue/bench");
    }
    for (Threshold threshold : options.thresholds()) {
      if (threshold.needsLatency() && !plan.hasLatency()) {
        throw Failure.usage(
            "'" + threshold.text() + "' needs a latency, and without confirmation there is none");
      }
    }
    if (!options.isEmbedded()) {
      return run(plan, name(connection.brokers()));
    }
    if (connection.given().containsKey(Context.SERVER)) {
      throw Failure.usage("--embedded and --server exclude each other");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      connection.useServer(broker.uri());
      return run(plan, broker.uri() + " (in this process)");
    }
  }

  /** One broker is called by its address alone. */
  static String name(FailoverUri brokers) {
    boolean isAlone = brokers.brokers().size() == 1 && brokers.options().isEmpty();
    return isAlone ? brokers.brokers().get(0).toString() : brokers.toString();
  }

  private ExitCode run(BenchPlan plan, String server) {
    StompClientBuilder builder = connection.builder(ReconnectPolicy.standard());
    int unconfirmed = plan.unconfirmedOfOne();
    if (unconfirmed > Bounds.defaults().unconfirmed()) {
      builder.bounds(Bounds.defaults().withUnconfirmed(unconfirmed));
    }
    Optional<String> clientId = connection.clientId();
    AtomicInteger number = new AtomicInteger();
    return run(
        plan,
        server,
        listener -> {
          // No two connections have the same; brokers refuse that.
          int each = number.incrementAndGet();
          clientId.ifPresent(
              id -> builder.settings(Map.of("clientId", each == 1 ? id : id + "-" + each)));
          return connection.connect(builder.onStateChange(listener));
        });
  }

  private ExitCode run(
      BenchPlan plan, String server, Function<Consumer<StateChange>, StompClient> connecting) {
    RunFiles files = options.out() == null ? null : new RunFiles(options.out());
    String startedAt = TimeOfDay.now().truncatedTo(ChronoUnit.MILLIS).toString();
    RunProgress progress = new RunProgress(environment, plan);
    BenchResult result;
    try {
      result = new BenchRun(plan, connecting, options.interval(), progress::show).run();
    } finally {
      progress.end();
    }
    RunRecord record = result.record(startedAt, server, Settings.of(plan));
    Output output = new Output(environment.out());
    output.line(
        options.form() == OutputForm.JSON
            ? RunJson.write(record)
            : Summary.of(record).stripTrailing());
    if (files != null) {
      files.write(record, result.state().meter().latency());
      environment.tell("the report is " + files.report());
    }
    return judge(plan, record, result.end());
  }

  private ExitCode judge(BenchPlan plan, RunRecord record, RunEnd end) {
    record.errors().forEach(environment::tell);
    Verdict verdict = Verdict.of(plan, record, end).with(options.thresholds(), record);
    verdict
        .sentences()
        .forEach(verdict.code() == ExitCode.OK ? environment::tell : environment::insist);
    return verdict.code();
  }
}
