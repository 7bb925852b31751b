package io.stompbox.cli.message;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.HeaderConverter;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.CloseReport;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one message. */
@Command(
    name = "send",
    header = "Send one message.",
    description = "Its body is BODY, or else all of standard input, octet for octet.",
    footer = {
      "  stompbox send /queue/orders '{\"id\":1}' --receipt --content-type application/json",
      "  gzip -c report.txt | stompbox send /queue/reports -H encoding:gzip --persistent",
      "  stompbox send -s stomp+ssl://broker:61614 -u me --ask-password /topic/news hello",
      "  stompbox send /queue/numbers -- -1      (-- ends the options)"
    })
public final class SendCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DEST", description = "Where to, for example /queue/orders.")
  private String destination = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BODY",
      description = "The body as text; - or nothing takes standard input.")
  private @Nullable String body;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME:VALUE",
      converter = HeaderConverter.class,
      description = "One more header; may be given several times.")
  private List<Header> headers = new ArrayList<>();

  @Option(
      names = "--receipt",
      description = "Wait until the broker confirms that it has the message.")
  private boolean receipt;

  @Option(
      names = "--persistent",
      description = "Ask the broker to store the message (persistent:true).")
  private boolean persistent;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "The type of the body, for example application/json.")
  private @Nullable String contentType;

  @Mixin private final ConnectionOptions connection;

  public SendCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Outgoing message = message(body());
    try (StompClient client = connection.connect(ReconnectPolicy.never(), change -> {})) {
      if (receipt) {
        sendConfirmed(client, message);
      } else {
        send(client, message);
      }
      return ExitCode.OK.number();
    } catch (StompException e) {
      throw Failure.during("SEND to " + destination, e);
    }
  }

  /** The message that the options describe. */
  Outgoing message(byte[] octets) {
    if (destination.isBlank()) {
      throw Failure.usage("the destination is blank; name one such as /queue/orders");
    }
    Outgoing message = Outgoing.to(destination).bytes(octets);
    for (Header header : headers) {
      try {
        message = message.header(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        throw HeaderConverter.reserved(header);
      }
    }
    message = contentType == null ? message : message.contentType(contentType);
    return persistent ? message.persistent() : message;
  }

  ConnectionOptions connection() {
    return connection;
  }

  private byte[] body() throws IOException, InterruptedException {
    if (body != null && !body.equals("-")) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    if (environment.terminal().has(Terminal.Stream.INPUT)) {
      environment.tell("reading the body from the keyboard; Ctrl-D ends it");
    }
    return standardInput();
  }

  /** Reading can't be interrupted, so another thread does it. */
  private byte[] standardInput() throws IOException, InterruptedException {
    FutureTask<byte[]> reading = new FutureTask<>(() -> environment.in().readAllBytes());
    Thread reader = new Thread(reading, "stompbox-stdin");
    reader.setDaemon(true);
    reader.start();
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot read standard input: " + e.getCause(), e.getCause());
    }
  }

  private void sendConfirmed(StompClient client, Outgoing message) throws InterruptedException {
    long start = System.nanoTime();
    client.sendConfirmed(message).await(connection.timeout());
    double millis = (System.nanoTime() - start) / 1e6;
    environment
        .err()
        .printf(
            Locale.ROOT,
            "sent 1 message (%s) to %s, receipt in %s ms%n",
            size(message.body().size()),
            destination,
            String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis));
  }

  /** A refusal comes late or not at all, but before the answer to the farewell. */
  private void send(StompClient client, Outgoing message) throws InterruptedException {
    client.send(message);
    client.flush(connection.timeout());
    CloseReport report = client.close(connection.timeout());
    Optional<StompException> failure = report.failure();
    if (failure.isPresent() && failure.get() instanceof BrokerErrorException refusal) {
      throw refusal;
    }
  }

  static String size(int octets) {
    if (octets < 1024) {
      return octets + " B";
    }
    return octets < 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f KiB", octets / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", octets / (1024.0 * 1024));
  }
}
