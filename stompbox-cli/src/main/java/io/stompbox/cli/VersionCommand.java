package io.stompbox.cli;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.ToolVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Shows the version. */
@Command(
    name = "version",
    header = "Show the version of Stompbox and of Java.",
    footer = "  stompbox version")
final class VersionCommand implements Callable<Integer> {
  private final Environment environment;

  VersionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    new Output(environment.out()).line(ToolVersion.text());
    return ExitCode.OK.number();
  }

  /** For {@code stompbox --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {ToolVersion.text()};
    }
  }
}
