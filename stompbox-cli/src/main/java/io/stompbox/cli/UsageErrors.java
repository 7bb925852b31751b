package io.stompbox.cli;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Nearest;
import io.stompbox.cli.process.Printable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments, and what may have been meant. */
final class UsageErrors {
  /** Of an argument that is said again. */
  static final int LONGEST_ECHO = 100;

  /** With an argument in it. */
  private static final int LONGEST_SENTENCE = 400;

  private static final char REPLACEMENT = '\uFFFD';

  /** The name of the option is the first group. */
  private static final Pattern BAD_VALUE =
      Pattern.compile("^Invalid value for option '(-[^']+)'(?: \\([^)]*\\))?: ");

  /** The label of the argument is the first group. */
  private static final Pattern BAD_ARGUMENT =
      Pattern.compile("^Invalid value for positional parameter at index \\d+ \\(([^)]*)\\): ");

  private static final String COUNT = "--count";

  /** May be empty. */
  private static final String BODY = "--body";

  private UsageErrors() {}

  /**
   * Refuses an argument with octets that are not text: the replacement character that Java has in
   * their place would be sent instead.
   */
  static void checkText(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].indexOf(REPLACEMENT) >= 0) {
        throw Failure.usage(
            "argument " + (i + 1) + " is not UTF-8 text: it has U+FFFD in place of some octets",
            "a body of any octets can come from a file, as @FILE, or from standard input");
      }
    }
  }

  /** Returns what to say of an option whose value is blank, as an empty variable of a script is. */
  static Optional<Failure> blankValue(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .flatMap(command -> command.getParseResult().matchedOptions().stream())
        .filter(option -> isBlank(option.getValue()) && !option.longestName().equals(BODY))
        .findFirst()
        .map(
            option ->
                Failure.usage(
                    option.longestName() + " is blank", "leave it out, or write a value"));
  }

  private static boolean isBlank(@Nullable Object value) {
    return (value instanceof String || value instanceof Path) && value.toString().isBlank();
  }

  static int report(ParameterException e, String[] arguments, Environment environment) {
    if (arguments.length == 0) {
      e.getCommandLine().usage(environment.err());
      return ExitCode.USAGE.number();
    }
    Failure failure = failure(e, arguments);
    failure.print(environment.err());
    return failure.code().number();
  }

  private static Failure failure(ParameterException e, String[] arguments) {
    String help = help(e);
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      Optional<UnmatchedArgumentException> unknown = unknownOption(e.getCommandLine());
      if (unknown.isPresent()) {
        return unmatched(unknown.get(), arguments, help(unknown.get()));
      }
      return Failure.usage(missing(missing.getMissing().get(0)), help);
    }
    if (isValueOfSwitch(e)) {
      return Failure.usage(((OptionSpec) e.getArgSpec()).longestName() + " takes no value", help);
    }
    if (isWithoutSubcommand(e)) {
      return Failure.usage("a command is missing: one of " + verbs(e.getCommandLine()), help);
    }
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
        ? unmatched(unmatched, arguments, help)
        : Failure.usage(sentence(e, arguments), help);
  }

  private static String missing(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " needs a value: " + option.paramLabel()
        : argument.paramLabel() + " is missing";
  }

  private static String help(ParameterException e) {
    return e.getCommandLine().getCommandSpec().qualifiedName() + " --help shows what is possible";
  }

  /**
   * An option that nobody knows, of the command or one above it. Picocli looks first whether
   * something is missing, which may be what was taken for the value of that option.
   */
  private static Optional<UnmatchedArgumentException> unknownOption(CommandLine command) {
    for (CommandLine one = command; one != null; one = one.getParent()) {
      Optional<String> unknown =
          one.getUnmatchedArguments().stream().filter(word -> word.startsWith("-")).findFirst();
      if (unknown.isPresent()) {
        return Optional.of(new UnmatchedArgumentException(one, List.of(unknown.get())));
      }
    }
    return Optional.empty();
  }

  /** The value is not said again: it may be a secret that was written behind the wrong option. */
  private static boolean isValueOfSwitch(ParameterException e) {
    return e.getArgSpec() instanceof OptionSpec option
        && option.arity().max() == 0
        && e.getValue() != null;
  }

  /** Picocli has no exception of its own for it. */
  private static boolean isWithoutSubcommand(ParameterException e) {
    return e.getClass().equals(ParameterException.class)
        && "Missing required subcommand".equals(e.getMessage());
  }

  private static String verbs(CommandLine command) {
    return command.getSubcommands().values().stream()
        .map(CommandLine::getCommandName)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Failure unmatched(UnmatchedArgumentException e, String[] arguments, String help) {
    String given = e.getUnmatched().get(0);
    List<String> all = Arrays.asList(arguments);
    if (given.startsWith("-") && all.contains("--") && all.lastIndexOf(given) > all.indexOf("--")) {
      return Failure.usage(
          "there is an argument too many: '" + shown(MisplacedOption.name(given)) + "'",
          "behind -- nothing is an option; write options before it",
          help);
    }
    if (e.isUnknownOption()) {
      String option = MisplacedOption.name(given);
      String shown = shown(option);
      return MisplacedOption.find(e.getCommandLine(), given, arguments)
          .map(MisplacedOption::failure)
          .orElseGet(
              () ->
                  suggesting(
                      "unknown option '" + shown + "'", options(e.getCommandLine(), option), help));
    }
    String argument = shown(given);
    boolean isVerb = !e.getCommandLine().getSubcommands().isEmpty();
    return isVerb
        ? suggesting(
            "unknown command '" + argument + "'",
            Nearest.to(argument, e.getCommandLine().getSubcommands().keySet()),
            help)
        : Failure.usage("there is an argument too many: '" + argument + "'", help);
  }

  private static String shown(String argument) {
    return Printable.line(Printable.excerpt(argument, LONGEST_ECHO));
  }

  /** A letter is near to many names, of which {@code --nack} would take messages away. */
  private static List<String> options(CommandLine command, String option) {
    Set<String> names = command.getCommandSpec().optionsMap().keySet();
    if (option.startsWith("--")) {
      return Nearest.to(option, names);
    }
    return option.equals("-n") && names.contains(COUNT) ? List.of(COUNT) : List.of();
  }

  private static Failure suggesting(String sentence, List<String> suggestions, String help) {
    if (suggestions.isEmpty()) {
      return Failure.usage(sentence, help);
    }
    return Failure.usage(sentence, "did you mean " + String.join(" or ", suggestions) + "?", help);
  }

  /** Picocli begins its sentences with a capital letter, and with more words than it takes. */
  private static String sentence(ParameterException e, String[] arguments) {
    String whole = Objects.requireNonNullElse(e.getMessage(), "the arguments are not right");
    Matcher argument = BAD_ARGUMENT.matcher(whole);
    if (argument.find()) {
      return Printable.line(Printable.excerpt(argument.replaceFirst("$1: "), LONGEST_SENTENCE));
    }
    Matcher value = BAD_VALUE.matcher(whole);
    String named =
        value.find() ? value.replaceFirst(name(e, value.group(1), arguments) + ": ") : whole;
    String message = Printable.line(Printable.excerpt(named, LONGEST_SENTENCE));
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** The name of an option with several as the user wrote it; else {@code longest}. */
  private static String name(ParameterException e, String longest, String[] arguments) {
    if (!(e.getArgSpec() instanceof OptionSpec option)) {
      return longest;
    }
    return Stream.of(arguments)
        .map(MisplacedOption::name)
        .filter(Arrays.asList(option.names())::contains)
        .filter(name -> name.startsWith("--"))
        .reduce((earlier, later) -> later)
        .orElse(longest);
  }
}
