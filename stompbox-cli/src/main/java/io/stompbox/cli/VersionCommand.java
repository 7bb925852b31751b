package io.stompbox.cli;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Output;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Shows the version. */
@Command(name = "version", header = "Show the version of Stompbox and of Java.")
final class VersionCommand implements Callable<Integer> {
  private final Environment environment;

  VersionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    new Output(environment.out()).line(text());
    return ExitCode.OK.number();
  }

  private static String text() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return "stompbox %s (Java %s, %s %s)"
        .formatted(
            Objects.requireNonNullElse(version, "from the source tree"),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  /** For {@code stompbox --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }
  }
}
