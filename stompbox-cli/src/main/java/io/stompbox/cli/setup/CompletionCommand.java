package io.stompbox.cli.setup;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Output;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes what lets a shell complete the command. */
@Command(
    name = "completion",
    header = "Write what lets a shell complete commands and options.",
    description = "The script goes to standard output, for the shell to read when it starts.",
    footer = {
      "  source <(stompbox completion bash)       in ~/.bashrc",
      "  source <(stompbox completion zsh)        in ~/.zshrc",
      "  stompbox completion fish > ~/.config/fish/completions/stompbox.fish"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "SHELL",
      converter = ShellConverter.class,
      completionCandidates = ShellConverter.class,
      description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  public CompletionCommand(Environment environment) {
    this.environment = environment;
  }

  /** The shells that can be served. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    String script =
        shell == Shell.FISH
            ? FishCompletion.of(root)
            // The script looks which of the two shells reads it.
            : BashCompletion.of(root);
    new Output(environment.out()).line(script.stripTrailing());
    return ExitCode.OK.number();
  }

  /** Reads the name of a shell. */
  static final class ShellConverter implements ITypeConverter<Shell>, Iterable<String> {
    /** What a shell may complete. */
    @Override
    public Iterator<String> iterator() {
      return List.of("bash", "zsh", "fish").iterator();
    }

    @Override
    public Shell convert(String text) {
      return switch (text) {
        case "bash" -> Shell.BASH;
        case "zsh" -> Shell.ZSH;
        case "fish" -> Shell.FISH;
        default -> throw new TypeConversionException("'" + text + "' must be bash, zsh or fish");
      };
    }
  }
}
