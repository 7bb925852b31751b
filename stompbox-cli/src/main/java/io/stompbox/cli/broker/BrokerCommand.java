package io.stompbox.cli.broker;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.testkit.EmbeddedBroker;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Runs the embedded broker until it is told to stop. */
@Command(
    name = "broker",
    header = "Run a broker to try things with.",
    description = {
      "It is ActiveMQ Classic, in memory, and listens on 127.0.0.1 only. When it is ready, its "
          + "URI is a line of standard output.",
      "Ctrl-C or SIGTERM stop it, with exit code 0; its messages are gone then."
    },
    footer = {
      "  stompbox broker &",
      "  stompbox broker --port 0 --for 30s",
      "  stompbox broker --user alice:secret      others are refused"
    })
public final class BrokerCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  private final Environment environment;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Where to listen; 0 takes a free port. Default: 61613")
  private int port = 61_613;

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSCODE",
      converter = UserConverter.class,
      description = "Let only these users in; may be given several times.")
  private List<User> users = new ArrayList<>();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Stop after this time.")
  private @Nullable Duration duration;

  public BrokerCommand(Environment environment) {
    this.environment = environment;
  }

  /**
   * Somebody who may connect.
   *
   * @param passcode never shown
   */
  record User(String name, String passcode) {
    @Override
    public String toString() {
      return name + ":***";
    }
  }

  @Override
  public Integer call() {
    if (!users.isEmpty()) {
      environment.tell(
          "warning: process lists and shell histories show the passcodes; use them for tests only");
    }
    try (EmbeddedBroker broker = start()) {
      new Output(environment.out()).line(broker.uri());
      environment.say("broker ready; Ctrl-C stops it");
      awaitEnd();
    }
    return ExitCode.OK.number();
  }

  /** Passcodes by name. */
  Map<String, String> users() {
    Map<String, String> passcodes = new HashMap<>();
    users.forEach(user -> passcodes.put(user.name(), user.passcode()));
    return passcodes;
  }

  private EmbeddedBroker start() {
    try {
      return EmbeddedBroker.start(port, users());
    } catch (IllegalStateException e) {
      BindException reason = reasonOf(e);
      if (reason != null) {
        throw new Failure(
            ExitCode.CANNOT_CONNECT,
            "cannot listen on 127.0.0.1:" + port + ": " + reason.getMessage(),
            List.of("choose another port with --port, or any free one with --port 0"),
            e);
      }
      throw e;
    }
  }

  private static @Nullable BindException reasonOf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException reason) {
        return reason;
      }
    }
    return null;
  }

  /** Being interrupted is the usual end. */
  private void awaitEnd() {
    CountDownLatch never = new CountDownLatch(1);
    try {
      if (duration == null) {
        never.await();
      } else {
        boolean ignored = never.await(duration.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      environment.say("broker stopped");
    }
  }

  /** Reads a port, or 0 for any that is free. */
  static final class Port extends WholeNumber {
    Port() {
      super(0, HIGHEST_PORT);
    }
  }

  /** Reads {@code name:passcode}. */
  static final class UserConverter implements ITypeConverter<User> {
    @Override
    public User convert(String text) {
      int colon = text.indexOf(':');
      if (colon <= 0) {
        throw new TypeConversionException("a user must look like name:passcode");
      }
      return new User(text.substring(0, colon), text.substring(colon + 1));
    }
  }
}
