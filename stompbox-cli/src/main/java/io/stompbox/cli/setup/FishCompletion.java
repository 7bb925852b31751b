package io.stompbox.cli.setup;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script that lets fish complete a command. */
final class FishCompletion {
  private static final Pattern STOP = Pattern.compile("[.:;] +");

  private static final String FUNCTIONS =
      """
      # Completion of NAME for fish; stompbox completion writes it.

      # Whether the words without options begin with these, each of which may have several names with
      # commas between them. With a last argument of --end nothing follows them.
      function __NAME_at
          set -l typed (commandline -opc)
          set -e typed[1]
          set -l given
          set -l before ''
          for word in $typed
              if not string match -q -- '-*' $word; and not contains -- $before WITH_VALUE
                  set -a given $word
              end
              set before $word
          end
          set -l wanted $argv
          if test "$wanted[-1]" = --end
              set -e wanted[-1]
              test (count $given) -eq (count $wanted); or return 1
          end
          for names in $wanted
              test (count $given) -gt 0; or return 1
              contains -- $given[1] (string split , $names); or return 1
              set -e given[1]
          end
      end

      # Prints the names of the contexts.
      function __NAME_contexts
          set -l folder $HOME/.config
          if string match -q -- '/*' $XDG_CONFIG_HOME
              set folder $XDG_CONFIG_HOME
          end
          for file in $folder/stompbox/contexts/*.properties
              string replace -r '.*/(.*)\\\\.properties' '$1' $file
          end
      end

      """;

  private final String name;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String name) {
    this.name = name;
  }

  static String of(CommandSpec root) {
    FishCompletion completion = new FishCompletion(root.name());
    String withValue =
        root.options().stream()
            .filter(option -> option.arity().min() > 0)
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.joining(" "));
    completion.script.append(
        FUNCTIONS.replace("NAME", root.name()).replace("WITH_VALUE", withValue));
    completion.line("complete -c " + root.name() + " -f");
    completion.command(root, "");
    return completion.script.toString();
  }

  private void line(String text) {
    script.append(text).append('\n');
  }

  /** {@code path} has the names of the command and those above it. */
  private void command(CommandSpec command, String path) {
    List<CommandSpec> below = CommandTree.below(command);
    String at = "__" + name + "_at" + path;
    String start = start(below.isEmpty() ? at : at + " --end");
    for (CommandSpec one : below) {
      line(start + " -a " + one.name() + " -d " + quoted(CommandTree.header(one)));
    }
    for (OptionSpec option : CommandTree.options(command)) {
      line(start + names(option) + " -d " + quoted(meaning(option)));
    }
    CommandTree.arguments(command).stream()
        .map(Offered::of)
        .map(this::offered)
        .filter(offered -> !offered.isEmpty())
        .findFirst()
        .ifPresent(offered -> line(start + offered));
    for (CommandSpec one : below) {
      command(one, path + " " + String.join(",", one.names()));
    }
  }

  private String start(String condition) {
    return "complete -c " + name + " -n " + quoted(condition);
  }

  private String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String one : option.names()) {
      names.append(one.startsWith("--") ? " -l " + one.substring(2) : " -s " + one.substring(1));
    }
    if (option.arity().min() > 0) {
      Offered offered = Offered.of(option);
      names.append(offered.kind() == Offered.Kind.FILES ? " -r" : " -x").append(offered(offered));
    }
    return names.toString();
  }

  private String offered(Offered offered) {
    return switch (offered.kind()) {
      case NOTHING -> "";
      case FILES -> " -F";
      case CONTEXTS -> " -a '(__" + name + "_contexts)'";
      case WORDS -> " -a " + quoted(String.join(" ", offered.words()));
    };
  }

  /** What it means up to its first full stop, colon or semicolon, as there is one line for it. */
  private static String meaning(OptionSpec option) {
    return STOP.split(String.join(" ", option.description()), 2)[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
