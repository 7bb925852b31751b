package io.stompbox.cli.setup;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the script that lets bash and zsh complete a command. Picocli's takes words for commands
 * wherever they stand, mixes up values of options with the same label, offers no files as
 * arguments, and changes settings of zsh.
 */
final class BashCompletion {
  private static final String SCRIPT =
      """
      # Completion of NAME for bash and zsh; stompbox completion writes it.

      # Sets what can stand behind a command: commands, options, and what its arguments are. An option
      # with a value ends in = and what can be offered: words with commas between them, @files, or
      # @contexts.
      _NAME_command() {
        case $1 in
      COMMANDS
          *) return 1 ;;
        esac
      }

      # Prints the names of the contexts.
      _NAME_contexts() {
        local file folder=$HOME/.config
        case ${XDG_CONFIG_HOME-} in /*) folder=$XDG_CONFIG_HOME ;; esac
        for file in "$folder"/stompbox/contexts/*.properties; do
          file=${file##*/}
          [[ $file == '*.properties' ]] || printf '%s\\n' "${file%.properties}"
        done
      }

      # Sets offered to what can be the value of an option; fails if it has none.
      _NAME_value() {
        local option
        for option in $options; do
          if [[ $option == "$1="* ]]; then
            offered=${option#*=}
            return 0
          fi
        done
        return 1
      }

      # Sets COMPREPLY, and offered to @files where files can be completed.
      _NAME_complete() {
        if [[ -n ${ZSH_VERSION-} ]]; then emulate -L sh; fi
        local commands options arguments path='' pending='' before='' word i IFS=$' \\t\\n'
        COMPREPLY=()
        offered=
        _NAME_command ''
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [[ $word == '=' ]]; then continue; fi
          if [[ -n $pending ]]; then
            pending=
          elif [[ $word == -* ]]; then
            if _NAME_value "$word"; then pending=$word; fi
          elif [[ " $commands " == *" $word "* ]]; then
            path="${path:+$path }$word"
            _NAME_command "$path"
          fi
        done
        word=${COMP_WORDS[COMP_CWORD]}
        if [[ $word == '=' ]]; then
          word=
        elif [[ -z $pending && $word == --*=* ]]; then
          pending=${word%%=*}
          before=$pending=
          word=${word#*=}
        fi
        offered=
        if [[ -n $pending ]]; then
          _NAME_value "$pending"
        elif [[ $word == -* ]]; then
          for i in $options; do offered="$offered ${i%%=*}"; done
        else
          offered=${commands:-$arguments}
        fi
        case $offered in
          @files) return 0 ;;
          @contexts) offered=$(_NAME_contexts) ;;
        esac
        for i in ${offered//,/ }; do
          if [[ $i == "$word"* ]]; then COMPREPLY+=("$before$i"); fi
        done
      }

      if [[ -n ${ZSH_VERSION-} ]]; then
        _NAME_in_zsh() {
          local offered COMP_CWORD=$((CURRENT - 1))
          local -a COMP_WORDS COMPREPLY
          COMP_WORDS=("${words[@]}")
          _NAME_complete
          if [[ $offered == @files ]]; then _files; else compadd -- "${COMPREPLY[@]}"; fi
        }
        if ! (($+functions[compdef])); then autoload -Uz compinit && compinit; fi
        compdef _NAME_in_zsh NAME
      else
        _NAME_in_bash() {
          local offered file
          _NAME_complete
          if [[ $offered == @files ]]; then
            if type compopt &>/dev/null; then compopt -o filenames; fi
            while IFS= read -r file; do COMPREPLY+=("$file"); done < \\
              <(compgen -f -- "${COMP_WORDS[COMP_CWORD]#=}")
          fi
        }
        complete -F _NAME_in_bash NAME
      fi
      """;

  private BashCompletion() {}

  static String of(CommandSpec root) {
    String commands =
        CommandTree.all(root).stream()
            .map(BashCompletion::command)
            .collect(Collectors.joining("\n"))
            .indent(4)
            .stripTrailing();
    return SCRIPT.replace("NAME", root.name()).replace("COMMANDS", commands);
  }

  /** One branch: under each name that it has. */
  private static String command(CommandSpec command) {
    return paths(command).map(path -> "'" + path + "'").collect(Collectors.joining(" | "))
        + ")\n  commands='"
        + CommandTree.below(command).stream()
            .flatMap(below -> below.names().stream())
            .collect(Collectors.joining(" "))
        + "'\n  options='"
        + CommandTree.options(command).stream()
            .flatMap(BashCompletion::option)
            .collect(Collectors.joining(" "))
        + "'\n  arguments='"
        + CommandTree.arguments(command).stream()
            .map(Offered::of)
            .map(BashCompletion::offered)
            .filter(offered -> !offered.isEmpty())
            .findFirst()
            .orElse("")
        + "' ;;";
  }

  /** The words that are typed behind the command without a verb. */
  private static Stream<String> paths(CommandSpec command) {
    if (command.parent() == null) {
      return Stream.of("");
    }
    return paths(command.parent())
        .flatMap(
            path ->
                command.names().stream().map(name -> path.isEmpty() ? name : path + " " + name));
  }

  private static Stream<String> option(OptionSpec option) {
    boolean needsValue = option.arity().min() > 0;
    String value = needsValue ? "=" + offered(Offered.of(option)) : "";
    return Stream.of(option.names()).map(name -> name + value);
  }

  private static String offered(Offered offered) {
    return switch (offered.kind()) {
      case NOTHING -> "";
      case FILES -> "@files";
      case CONTEXTS -> "@contexts";
      case WORDS -> String.join(",", offered.words());
    };
  }
}
