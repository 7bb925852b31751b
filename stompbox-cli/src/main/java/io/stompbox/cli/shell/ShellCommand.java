package io.stompbox.cli.shell;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.cli.process.SafeFolder;
import io.stompbox.cli.process.Terminal;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Talks to a broker, command by command. */
@Command(
    name = "shell",
    header = "Talk to a broker, command by command.",
    description = {
      "The commands are those of stomp.py's client, and some more: help lists them.",
      "They are typed, or come from standard input or a file. Messages go to standard output "
          + "as they come; on a terminal they show above the line that is typed. Ctrl-C cancels "
          + "the line, Ctrl-D leaves. Messages that were not sent, or perhaps not, are counted in "
          + "the end, and those of a transaction that was left open: exit code 7 if the connection "
          + "is lost then, else 8, as for commands that failed."
    },
    footer = {
      "  stompbox shell                                      type help",
      "  stompbox shell -s stomp+ssl://broker:61614 -u me --ask-password",
      "  stompbox shell -F orders.txt -o json                commands from a file",
      "  printf 'subscribe /queue/a\\nsend /queue/a hi\\nwait\\n' | stompbox shell"
    })
public final class ShellCommand implements Callable<Integer> {
  private final Environment environment;
  private final Screen screen;

  @Option(
      names = {"-F", "--file"},
      paramLabel = "FILE",
      description = "Take the commands from this file, one a line; # begins a comment.")
  private @Nullable Path script;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "How messages are shown: text (default) or json, an object a line.")
  private OutputForm form = OutputForm.TEXT;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description =
          "Save files that come with messages (sendfile) in this folder, "
              + "whatever their names say. It is made if it is not there. Without it none are "
              + "saved.")
  private @Nullable Path folder;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "At the end of commands that are not typed, wait until no message "
              + "has come for this long, if there is a subscription. Default: 1s")
  private Duration silence = Duration.ofSeconds(1);

  @Mixin private final ConnectionOptions connection;

  public ShellCommand(Environment environment) {
    this.environment = environment;
    this.screen = new Screen(environment);
    this.connection = new ConnectionOptions(screen.environment());
  }

  @Override
  public Integer call() throws InterruptedException {
    ShellPlan plan = plan();
    if (folder != null) {
      SafeFolder.make(folder);
    }
    if (script != null) {
      NamedFile file = new NamedFile(script);
      return file.read(stream -> sit(plan, sitting -> script(sitting, "" + file, stream)));
    }
    return environment.terminal().has(Terminal.Stream.INPUT)
        ? sit(plan, this::typed)
        : sit(plan, sitting -> script(sitting, "standard input", environment.in()));
  }

  /** What is done with a connection. */
  private interface Use {
    ExitCode with(Sitting sitting) throws InterruptedException;
  }

  private int sit(ShellPlan plan, Use use) throws InterruptedException {
    Ending ending = new Ending(Thread.currentThread());
    Watch watch = new Watch(screen, ending);
    try (StompClient client =
        connection.connect(connection.builder(ReconnectPolicy.standard()).observer(watch))) {
      return use.with(new Sitting(client, screen, watch, ending, plan)).number();
    }
  }

  private static ExitCode script(Sitting sitting, String name, InputStream lines)
      throws InterruptedException {
    return sitting.script(new Script(name, lines));
  }

  private ExitCode typed(Sitting sitting) throws InterruptedException {
    try (org.jline.terminal.Terminal terminal = Keyboard.openTerminal()) {
      return sitting.typed(terminal, connection.login(), HistoryFile.in(environment.variables()));
    } catch (IOException e) {
      throw Failure.usage(
          "the terminal can't be opened: " + Failure.reasonOf(e),
          "commands can come from a pipe or with --file as well");
    }
  }

  /** What the arguments ask for. */
  ShellPlan plan() {
    MessageFormat format = form == OutputForm.JSON ? MessageFormat.JSON : MessageFormat.TEXT;
    return new ShellPlan(script, format, folder, silence, connection.timeout());
  }

  ConnectionOptions connection() {
    return connection;
  }
}
