package io.stompbox.cli.setup;

import io.stompbox.cli.context.Contexts;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the command start faster, and says what else can be set up. */
@Command(
    name = "setup",
    header = "Make stompbox start faster, and say where its files are.",
    description =
        "Makes the start archive, a file of some 20 MB in $XDG_CACHE_HOME/stompbox or "
            + "~/.cache/stompbox from which Java takes classes that are ready to run. ./stompbox uses "
            + "it, and makes it itself when it builds the jar. It may be removed at any time.",
    footer = {"  stompbox setup", "  stompbox setup --archive       say nothing but what fails"})
public final class SetupCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(names = "--archive", description = "Make the start archive only, and tell failures only.")
  private boolean archiveOnly;

  @Option(names = "--train", hidden = true, description = "Run what the archive is made from.")
  private boolean train;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  public SetupCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (train) {
      Training.run(spec.root().commandLine());
      return ExitCode.OK.number();
    }
    String made = makeArchive();
    if (!archiveOnly) {
      tell(made);
    }
    return ExitCode.OK.number();
  }

  /** Returns what was made; throws if it can't be. */
  private String makeArchive() throws InterruptedException {
    Optional<Path> jar = Installation.jar();
    if (jar.isEmpty()) {
      return "none, as stompbox runs from class files and not from stompbox.jar";
    }
    Path file =
        Installation.archive(environment.variables())
            .orElseThrow(
                () -> failure("there is no folder for it", "set XDG_CACHE_HOME or HOME", null));
    long start = System.nanoTime();
    try {
      new StartArchive(jar.get(), file).make();
      double seconds = (System.nanoTime() - start) / 1e9;
      double size = Files.size(file) / (1024.0 * 1024);
      return String.format(Locale.ROOT, "%s (%.0f MiB, made in %.1f s)", file, size, seconds);
    } catch (IOException e) {
      throw failure(
          Failure.reasonOf(e), "stompbox works without it; it only starts later: " + file, e);
    }
  }

  private static Failure failure(String reason, String advice, @Nullable Throwable cause) {
    return new Failure(
        ExitCode.PARTLY_DONE, "cannot make the start archive: " + reason, List.of(advice), cause);
  }

  private void tell(String archive) {
    Contexts contexts = new Contexts(environment.variables());
    Output output = new Output(environment.out());
    output.line("version        " + ToolVersion.number());
    output.line("start archive  " + archive);
    output.line(
        "contexts       "
            + contexts.folder()
            + contexts.selected().map(name -> " (selected: " + name + ")").orElse(""));
    output.line(
        "completion     source <(stompbox completion bash)   in ~/.bashrc; zsh in ~/.zshrc");
    output.line(
        "               stompbox completion fish > ~/.config/fish/completions/stompbox.fish");
    output.line("manual pages   stompbox man ~/.local/share/man/man1");
    Installation.jar().ifPresent(jar -> output.line("without script " + start(jar)));
  }

  /** How to start the jar by itself with the archive. */
  private String start(Path jar) {
    return Installation.archive(environment.variables())
        .map(file -> "java -XX:SharedArchiveFile=" + file + " -jar " + jar)
        .orElse("java -jar " + jar);
  }
}
