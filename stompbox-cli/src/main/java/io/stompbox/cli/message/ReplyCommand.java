package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.message.ReplyRun.ReplyForm;
import io.stompbox.cli.message.ReplyRun.WhenFailed;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers requests. */
@Command(
    name = "reply",
    header = "Answer requests.",
    description = {
      "COMMAND gets the body of each request on standard input; what it writes is the reply.",
      "A request is acknowledged only after the broker has confirmed its reply.",
      "If COMMAND fails, the reply has the header reply-error, such as 'exit status 1'.",
      "A message without reply-to is handled as well, and acknowledged without a reply.",
      "So is a request whose reply the broker refuses, as ActiveMQ Classic does when whoever asked "
          + "has left; the last line then has their number, and the exit code is 8.",
      "Replies have a connection of their own, which a refusal may end; its client-id is that of "
          + "--client-id with -replies behind it."
    },
    footer = {
      "  stompbox reply /queue/upper -- tr a-z A-Z",
      "  stompbox reply /queue/prices --body 3 -c 1",
      "  stompbox reply /queue/echo --echo --for 1h"
    })
public final class ReplyCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(index = "0", paramLabel = "DEST", description = "Where requests come to.")
  private String destination = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Answers; write -- before it if it has options.")
  private List<String> command = new ArrayList<>();

  @Option(names = "--echo", description = "Reply with the body of the request.")
  private boolean echo;

  @Option(names = "--body", paramLabel = "TEXT", description = "Reply with this text.")
  private @Nullable String text;

  @Option(
      names = "--nack",
      description = "Refuse a request whose COMMAND fails, instead of replying that it did.")
  private boolean nack;

  @Option(
      names = "--command-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long COMMAND may take for a request. Default: 30s")
  private Duration commandTimeout = Duration.ofSeconds(30);

  @Mixin private final ReceiveLimits limits = new ReceiveLimits();

  @Mixin private final MessageOptions message = new MessageOptions();

  @Mixin private final ConnectionOptions connection;

  public ReplyCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    Destinations.check(destination);
    Answer.Source answers = answers();
    WhenFailed whenFailed = nack ? WhenFailed.NACK : WhenFailed.REPLY;
    ReplyForm form = new ReplyForm(message, whenFailed, connection.timeout());
    Losses losses = new Losses(environment, "");
    StompClientBuilder builder = connection.builder(ReconnectPolicy.standard());
    try (StompClient client = connection.connect(builder.onStateChange(losses::tell));
        StompClient replies = connection.connect(forReplies(builder))) {
      subscribe(client, losses);
      if (environment.terminal().has(Terminal.Stream.ERROR)) {
        environment.tell("answering requests to " + destination + "; Ctrl-C ends it");
      }
      ReplyRun run = new ReplyRun(environment, client, replies, answers, form);
      return run.run(limits.begin(), destination, losses).number();
    } catch (StompException e) {
      throw Failure.whileListening(destination, e);
    }
  }

  /** How the options say that requests are answered. */
  Answer.Source answers() {
    message.check(null);
    long ways = Stream.of(!command.isEmpty(), echo, text != null).filter(given -> given).count();
    if (ways != 1) {
      throw Failure.usage(
          ways == 0 ? "nothing says what to reply" : "there must be one way to reply only",
          "give one of: -- COMMAND, --body TEXT, --echo");
    }
    if (text != null) {
      Answer always = Answer.of(Body.of(text));
      return request -> always;
    }
    if (echo) {
      return Answer::of;
    }
    Programs.ofProcess().check(command.get(0));
    return new CommandAnswers(command, commandTimeout);
  }

  /**
   * A broker may end the connection on which it refuses a reply. The request could not be
   * acknowledged then, and would come again, if it had come there.
   */
  private StompClientBuilder forReplies(StompClientBuilder builder) {
    connection.clientId().ifPresent(id -> builder.settings(Map.of("clientId", id + "-replies")));
    return builder.onStateChange(change -> {});
  }

  private void subscribe(StompClient client, Losses losses) {
    SubscribeOptions how = SubscribeOptions.defaults().with(Acknowledgement.MANUAL).withPrefetch(1);
    try {
      client.subscribe(destination, how);
    } catch (StompException e) {
      throw losses.during("SUBSCRIBE to " + destination, e);
    }
  }
}
