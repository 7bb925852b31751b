package io.stompbox.cli.setup;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.context.ContextNames;
import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Output;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.session.Agreement;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Connects with what a context has. */
@Command(
    name = "check",
    header = "Connect with a context, and say who answers.",
    description = "Options of a connection go before what the context has.",
    footer = {"  stompbox context check", "  stompbox context check prod --timeout 2s"})
final class ContextCheckCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = ContextNames.class,
      description = "Which one. Default: the selected one")
  private @Nullable String name;

  @Mixin private final ConnectionOptions connection;

  ContextCheckCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() {
    String checked = new Contexts(environment.variables()).nameOrSelected(name);
    connection.take(checked);
    Reached reached = new Reached();
    StompClientBuilder builder = connection.builder(ReconnectPolicy.never()).observer(reached);
    long start = System.nanoTime();
    try (StompClient client = connection.connect(builder)) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      Agreement agreement = client.agreement();
      new Output(environment.out())
          .line(
              "%s: connected to %s in %d ms, STOMP %s%s"
                  .formatted(
                      checked,
                      reached.broker,
                      millis,
                      agreement.version().text(),
                      agreement.server().map(server -> ", " + server).orElse("")));
    }
    return ExitCode.OK.number();
  }

  /** Remembers which of several brokers it was. */
  private static final class Reached implements ClientObserver {
    private volatile @Nullable BrokerAddress broker;

    @Override
    public void onConnecting(int epoch, BrokerAddress address) {
      broker = address;
    }
  }
}
