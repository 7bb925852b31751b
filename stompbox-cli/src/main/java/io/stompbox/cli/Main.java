package io.stompbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.cli.bench.BenchCommand;
import io.stompbox.cli.bench.ReportCommand;
import io.stompbox.cli.broker.BrokerCommand;
import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.demo.DemoCommand;
import io.stompbox.cli.frames.DecodeCommand;
import io.stompbox.cli.frames.EncodeCommand;
import io.stompbox.cli.inspect.DoctorCommand;
import io.stompbox.cli.inspect.FailoverCommand;
import io.stompbox.cli.inspect.PingCommand;
import io.stompbox.cli.message.ListenCommand;
import io.stompbox.cli.message.PeekCommand;
import io.stompbox.cli.message.PipeCommand;
import io.stompbox.cli.message.ReplyCommand;
import io.stompbox.cli.message.RequestCommand;
import io.stompbox.cli.message.SendCommand;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Interruption;
import io.stompbox.cli.process.LibraryLog;
import io.stompbox.cli.process.Printable;
import io.stompbox.cli.process.Terminal;
import io.stompbox.cli.setup.CompletionCommand;
import io.stompbox.cli.setup.ContextCommand;
import io.stompbox.cli.setup.ManCommand;
import io.stompbox.cli.setup.SetupCommand;
import io.stompbox.cli.shell.ShellCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.RunLast;

/** Where the {@code stompbox} command begins. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofThisThread();
    int status = run(args, Environment.ofProcess());
    interruption.ended(status);
    System.exit(status);
  }

  /** Runs a command and returns its exit status. Interrupting the thread ends it early. */
  static int run(String[] args, Environment environment) {
    StompboxCommand root = new StompboxCommand();
    try {
      CommandLine line = commandLine(root, environment);
      UsageErrors.checkText(args);
      int status = line.execute(args);
      // What a command could not write is still in its buffer, and has been told.
      if (status == ExitCode.OK.number() && line.getOut() instanceof HelpOutput help) {
        help.check();
      }
      return status;
    } catch (Throwable e) {
      return report(e, root, environment);
    }
  }

  static CommandLine commandLine(StompboxCommand root, Environment environment) {
    CommandLine line =
        new CommandLine(root)
            .addSubcommand(new SendCommand(environment))
            .addSubcommand(new ListenCommand(environment))
            .addSubcommand(new RequestCommand(environment))
            .addSubcommand(new ReplyCommand(environment))
            .addSubcommand(new PipeCommand(environment))
            .addSubcommand(new PeekCommand(environment))
            .addSubcommand(new ShellCommand(environment))
            .addSubcommand(new PingCommand(environment))
            .addSubcommand(new DoctorCommand(environment))
            .addSubcommand(new BrokerCommand(environment))
            .addSubcommand(new DemoCommand(environment))
            .addSubcommand(BenchCommand.commandLine(environment))
            .addSubcommand(new ReportCommand(environment))
            .addSubcommand(new DecodeCommand(environment))
            .addSubcommand(new EncodeCommand(environment))
            .addSubcommand(new FailoverCommand(environment))
            .addSubcommand(ContextCommand.withVerbs(environment))
            .addSubcommand(new CompletionCommand(environment))
            .addSubcommand(new ManCommand(environment))
            .addSubcommand(new SetupCommand(environment))
            .addSubcommand(new VersionCommand(environment))
            .addSubcommand(new HelpCommand());
    HelpStyle.apply(line, environment::columns);
    HelpStyle.colour(line, environment.isColoured(Terminal.Stream.OUTPUT));
    return line.setOut(new HelpOutput(environment.out()))
        .setErr(new PrintWriter(environment.err(), true, UTF_8))
        // An argument that begins with @ is a body, not the name of a file with arguments.
        .setExpandAtFiles(false)
        .setExecutionStrategy(
            parsed -> {
              root.setManner(environment.manner());
              LibraryLog.show(root.isVerbose());
              HelpStyle.colour(line, environment.isColoured(Terminal.Stream.OUTPUT));
              Optional<Failure> blank = UsageErrors.blankValue(parsed);
              if (blank.isPresent()) {
                return report(blank.get(), root, environment);
              }
              parsed
                  .asCommandLineList()
                  .forEach(command -> takePasswords(command.getCommandSpec()));
              return new RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(
            (e, arguments) -> UsageErrors.report(e, arguments, environment))
        .setExecutionExceptionHandler((e, command, parsed) -> report(e, root, environment));
  }

  private static void takePasswords(CommandSpec command) {
    for (CommandSpec mixin : command.mixins().values()) {
      if (mixin.userObject() instanceof ConnectionOptions connection) {
        connection.takePasswordFromInput();
      }
      takePasswords(mixin);
    }
  }

  private static int report(Throwable thrown, StompboxCommand root, Environment environment) {
    Failure failure = Failure.of(thrown);
    failure.print(environment.err());
    if (root.isVerbose()) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      environment.err().print(Printable.text(trace.toString()));
    }
    return failure.code().number();
  }
}
