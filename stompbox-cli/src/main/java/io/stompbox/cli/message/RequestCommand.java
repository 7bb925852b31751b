package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.TimeOfDay;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a request and writes its reply. */
@Command(
    name = "request",
    header = "Send a request and wait for its reply.",
    description = {
      "The request has a reply-to and a correlation-id; the first message that comes back with it "
          + "goes to standard output. Exit code 5 if none comes in time; the request may be "
          + "handled then.",
      "Exit code 8 if the reply is no answer, as its header reply-error says: see stompbox reply.",
      "A file of more than 1 MiB is read while it is sent, as send does; that is part of the time."
    },
    footer = {
      "  stompbox request /queue/prices apple",
      "  stompbox request /queue/prices @question.json --wait 1m -o json"
    })
public final class RequestCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(index = "0", paramLabel = "DEST", description = "Where somebody answers.")
  private String destination = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BODY",
      description =
          "The body as text; @FILE takes a file, @@ begins text with an @; "
              + "- or nothing takes standard input.")
  private @Nullable String body;

  @Mixin private final InputOptions input = new InputOptions();

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait for the reply. Default: --timeout")
  private @Nullable Duration wait;

  @Mixin private final MessageOptions message = new MessageOptions();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Mixin private final ConnectionOptions connection;

  public RequestCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    output.check();
    Destinations.check(destination);
    message.check(null);
    boolean isHeld = message.isWithoutLength() || connection.omitsContentLength();
    Optional<FileBody> large = isHeld ? Optional.empty() : input.largeFile(body);
    Outgoing request = request(large);
    try (StompClient client = connection.connect(ReconnectPolicy.never(), change -> {})) {
      Delivery reply = reply(client, request, large);
      MessageView view = output.view(environment, client.agreement().version());
      new Output(environment.out()).octets(view.octets(new Received(reply, 1, TimeOfDay.now())));
      checkAnswer(reply);
    }
    return ExitCode.OK.number();
  }

  private Outgoing request(Optional<FileBody> large) throws IOException {
    Outgoing template = message.applyTo(Outgoing.to(destination));
    if (large.isPresent()) {
      return large.get().in(template);
    }
    try (InputStream octets = input.open(body, environment)) {
      return template.bytes(octets);
    }
  }

  private Delivery reply(StompClient client, Outgoing request, Optional<FileBody> large)
      throws InterruptedException {
    Duration limit = wait == null ? connection.timeout() : wait;
    try {
      return client.request(request, limit);
    } catch (StompTimeoutException e) {
      throw isNoReply(e) ? noReply(limit, e) : during(e);
    } catch (StompException e) {
      throw large.flatMap(FileBody::fault).orElseGet(() -> during(e));
    } catch (IllegalArgumentException e) {
      throw Failure.misuse(e);
    }
  }

  /** Before that a connection, the place for replies, room and a receipt are waited for. */
  private static boolean isNoReply(StompTimeoutException late) {
    return late.getMessage().startsWith("no reply ");
  }

  private Failure noReply(Duration limit, StompTimeoutException late) {
    return new Failure(
        ExitCode.TIMED_OUT,
        "no reply from "
            + destination
            + " within "
            + DurationConverter.text(limit)
            + "; the request may have been handled",
        List.of("does somebody answer there? try: stompbox reply " + destination + " --echo"),
        late);
  }

  /** The library tells by itself that a reply was lost with its connection. */
  private Failure during(StompException thrown) {
    Failure failure = Failure.during("the request to " + destination, thrown);
    return thrown.getMessage().contains("the request may have been handled")
        ? new Failure(
            failure.code(),
            thrown.getMessage(),
            List.of("asking again may have it handled twice"),
            thrown)
        : failure;
  }

  /** The reply was written all the same: it may have what a command said before it failed. */
  private void checkAnswer(Delivery reply) {
    Optional<String> fault = reply.headers().value(ReplyRun.FAULT_HEADER);
    if (fault.isPresent()) {
      throw new Failure(
          ExitCode.PARTLY_DONE,
          "no answer from " + destination + ": " + fault.get(),
          List.of("the reply came, and says so in its header " + ReplyRun.FAULT_HEADER),
          null);
    }
  }
}
